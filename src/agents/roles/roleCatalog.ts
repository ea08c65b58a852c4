import path from 'node:path';
import { z } from 'zod';
import { role, type Role, type RoleCatalog } from '../../domain/role/role.ts';
import { checkedYaml, valueOf, type Checked } from '../catalog/checkedYaml.ts';
import { createFileCatalog, type TextFile } from '../catalog/fileCatalog.ts';
import { withName } from '../catalog/fileName.ts';
import { splitFrontMatter } from '../catalog/frontMatter.ts';
import coder from './coder.md';
import detail from './detail.md';
import discuss from './discuss.md';
import explorer from './explorer.md';
import plan from './plan.md';
import refine from './refine.md';
import reviewer from './reviewer.md';

/** Where a workspace keeps roles of its own. */
export const rolesFolder = '.sloop/roles';

const shippedRoles: readonly TextFile[] = [
  { file: 'plan.md', text: plan },
  { file: 'coder.md', text: coder },
  { file: 'reviewer.md', text: reviewer },
  { file: 'explorer.md', text: explorer },
  { file: 'discuss.md', text: discuss },
  { file: 'detail.md', text: detail },
  { file: 'refine.md', text: refine },
];

export interface RoleCatalogParts {
  readonly workspaceRoot: string;
  /** Ids of the operations that a role may list as tools. */
  readonly operationIds: readonly string[];
}

/** The shipped roles and the workspace's own from `.sloop/roles/*.md`. */
export const createRoleCatalog = ({ workspaceRoot, operationIds }: RoleCatalogParts): RoleCatalog =>
  createFileCatalog<Role>({
    shipped: shippedRoles.map((file) => valueOf(readRole(file))),
    folder: path.join(workspaceRoot, rolesFolder),
    folderName: rolesFolder,
    extensions: ['.md'],
    read: (file) => readRole(file, operationIds),
  });

/** Reads one role: front matter for its fields, the text below for its prompt. Tools are checked where ids are given. */
export function readRole({ file, text }: TextFile, operationIds?: readonly string[]): Checked<Role> {
  const parts = splitFrontMatter(text);
  if (parts === undefined)
    return { problems: [`${file}:1 needs front matter: fields between two lines of ---`] };
  if (parts.body === '')
    return { problems: [`${file}:1 prompt is missing: write it below the front matter`] };
  const tool = z.string().refine((id) => operationIds?.includes(id) ?? true, {
    error: ({ input }) => `has no operation ${String(input)}`,
  });
  const schema = role.extend({ tools: z.array(tool).max(10, 'takes 10 operations at most') }).strict();
  const named = withName(file);
  return checkedYaml(parts.data, schema, { file, linesBefore: parts.linesBefore }, (value) =>
    withPrompt(named(value), parts.body),
  );
}

const withPrompt = (value: unknown, prompt: string): unknown =>
  typeof value === 'object' && value !== null ? { ...value, prompt } : value;
