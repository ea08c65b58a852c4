import path from 'node:path';
import { loopDefinition, type LoopCatalog, type LoopDefinition } from '../../domain/loop/definition.ts';
import type { RoleCatalog } from '../../domain/role/role.ts';
import { checkedYaml, valueOf, type Checked } from '../catalog/checkedYaml.ts';
import { createFileCatalog, type TextFile } from '../catalog/fileCatalog.ts';
import { withName } from '../catalog/fileName.ts';
import { splitFrontMatter } from '../catalog/frontMatter.ts';
import goalDriven from './goal-driven.md';
import harness from './harness.md';
import { sectionsOf, withPrompts } from './promptSections.ts';
import research from './research.md';

/** Where a workspace keeps loop definitions of its own. */
export const loopsFolder = '.sloop/loops';

const shippedLoops: readonly TextFile[] = [
  { file: 'harness.md', text: harness },
  { file: 'research.md', text: research },
  { file: 'goal-driven.md', text: goalDriven },
];

export interface LoopCatalogParts {
  readonly workspaceRoot: string;
  readonly roles: Pick<RoleCatalog, 'find' | 'list'>;
}

/** The shipped loop definitions and the workspace's own from `.sloop/loops/*.{json,yaml,yml,md}`. */
export function createLoopCatalog({ workspaceRoot, roles }: LoopCatalogParts): LoopCatalog {
  const catalog = createFileCatalog<LoopDefinition>({
    shipped: shippedLoops.map((file) => valueOf(readLoop(file))),
    folder: path.join(workspaceRoot, loopsFolder),
    folderName: loopsFolder,
    extensions: ['.json', '.yaml', '.yml', '.md'],
    read: readLoop,
  });
  return {
    list: () => catalog.list(),
    find: (name) => catalog.find(name),
    // Roles are files too and come and go by themselves: looked at when asked, not when the loop was read.
    problems: () => [...catalog.problems(), ...catalog.list().flatMap((loop) => absentRoles(loop, roles))],
  };
}

/**
 * Reads one definition. In Markdown the front matter has its fields, and below stands one `## name` section with
 * the prompt of each role.
 */
export function readLoop({ file, text }: TextFile): Checked<LoopDefinition> {
  const schema = loopDefinition.strict();
  if (path.extname(file) !== '.md') return checkedYaml(text, schema, { file }, withName(file));
  const parts = splitFrontMatter(text);
  if (parts === undefined)
    return { problems: [`${file}:1 needs front matter: fields between two lines of ---`] };
  const named = withName(file);
  const sections = sectionsOf(parts.body);
  return checkedYaml(parts.data, schema, { file, linesBefore: parts.linesBefore }, (value) =>
    withPrompts(named(value), sections),
  );
}

const absentRoles = (loop: LoopDefinition, roles: LoopCatalogParts['roles']): readonly string[] =>
  loop.roles
    .filter(({ role }) => roles.find(role) === undefined)
    .map(
      ({ name, role }) =>
        `Loop ${loop.name}: its stage ${name} needs the role ${role}, and there is none of that name`,
    );
