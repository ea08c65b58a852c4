import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { artifact, artifactTypes, type Artifact } from '../../domain/artifact/artifact.ts';
import { artifactId, projectId, sprintId, type ProjectId } from '../../domain/ids.ts';
import { page, pageOf, type Page } from '../../domain/page.ts';
import type { Where } from '../../domain/store.ts';
import { cutTo } from '../cutTo.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { rootPage } from './insertArtifact.ts';

const fields = artifact.pick({
  id: true,
  title: true,
  type: true,
  stage: true,
  version: true,
  parentId: true,
  projectId: true,
  sprintId: true,
  sortOrder: true,
  createdBy: true,
  updatedAt: true,
});

/** An artifact as a tree shows it. */
const artifactRow = fields.extend({
  pages: z.number().int().describe('How many lie directly below it'),
  atTop: z.boolean().describe('It lies directly below its project, not below another page'),
});

const cut = cutTo(fields);

/** What loops keep of each stage stands in the loops' own tree. */
const shownTypes = artifactTypes.filter((type) => type !== 'loop_output');

/** Artifacts directly below a project's root page, or below nothing where there is no project. */
export function topArtifacts(context: OperationContext, project: ProjectId | null): Where<Artifact> | null {
  if (project === null) return { projectId: null, parentId: null, type: shownTypes };
  const root = rootPage(context, project);
  return root === undefined ? null : { parentId: root.id, type: shownTypes };
}

export const artifactRows = defineOperation({
  id: 'artifact.rows',
  title: 'Rows of artifacts',
  summary: 'Lists the artifacts of one place in a tree, in their order, or those that are named.',
  effect: 'read',
  permission: 'read',
  surfaces: ['view'],
  input: z.object({
    artifacts: z.array(artifactId).max(500).optional().describe('Only these, in any place'),
    parent: artifactId.optional().describe('Directly below this page'),
    sprint: sprintId.optional().describe('Those of this sprint'),
    project: projectId
      .nullable()
      .optional()
      .describe("Directly below this project's root page; null: those without a project"),
    ...page,
  }),
  output: pageOf(artifactRow),
  run(context, input) {
    const { tables } = context;
    const roots = new Map<ProjectId, string | undefined>();
    const rootOf = (project: ProjectId) => {
      if (!roots.has(project)) roots.set(project, rootPage(context, project)?.id);
      return roots.get(project);
    };
    const toRow = (row: Artifact): z.input<typeof artifactRow> => ({
      ...cut(row),
      pages: tables.artifact.count({ parentId: row.id, type: shownTypes }),
      atTop: row.parentId === null ? row.projectId === null : isRoot(row, rootOf),
    });
    const list = rowsOf(context, input);
    return ok({ ...list, items: list.items.map(toRow) });
  },
});

const isRoot = ({ parentId, projectId: project }: Artifact, rootOf: (of: ProjectId) => string | undefined) =>
  project !== null && parentId === rootOf(project);

function rowsOf(context: OperationContext, input: z.output<typeof artifactRows.input>): Page<Artifact> {
  const { tables } = context;
  const none = { items: [], more: 0, next: null };
  if (input.artifacts !== undefined)
    return { ...none, items: input.artifacts.flatMap((id) => tables.artifact.find(id) ?? []) };
  if (input.parent !== undefined)
    return tables.artifact.list({ parentId: input.parent, type: shownTypes }, input);
  if (input.sprint !== undefined)
    return tables.artifact.list({ sprintId: input.sprint, type: shownTypes }, input);
  const where = topArtifacts(context, input.project ?? null);
  return where === null ? none : tables.artifact.list(where, input);
}
