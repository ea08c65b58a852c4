import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { projectId, type ProjectId } from '../../domain/ids.ts';
import { instant } from '../../domain/instant.ts';
import { page, pageOf } from '../../domain/page.ts';
import { project, type Project } from '../../domain/project/project.ts';
import { openTodoStatuses } from '../../domain/todo/todo.ts';
import { topArtifacts } from '../artifact/artifactRows.ts';
import { cutTo } from '../cutTo.ts';
import { currentProject } from '../lookup.ts';
import { defineOperation, type OperationContext } from '../operation.ts';

const fields = project.pick({ id: true, slug: true, title: true, status: true });

/** What lies beside the sprints of a project, or belongs to no project. */
const rest = z.object({
  backlog: z.object({ open: z.number().int(), all: z.number().int() }).describe('Todos without a sprint'),
  artifacts: z.number().int().describe('Artifacts at the top of its pages'),
});

/** A project as a tree shows it. */
const projectRow = fields.extend({
  ...rest.shape,
  active: z.boolean().describe('What the person makes belongs to it when they name none'),
  sprints: z.number().int().describe('Those that people made'),
  sprintEnds: instant.nullable().describe('When the sprint under way is to end'),
  underWay: z.boolean().describe('A sprint is in progress or in review, or a loop runs'),
});

const cut = cutTo(fields);

function restOf(context: OperationContext, id: ProjectId | null): z.input<typeof rest> {
  const { tables } = context;
  const backlog = { projectId: id, sprintId: null, parentId: null };
  const top = topArtifacts(context, id);
  return {
    backlog: {
      open: tables.todo.count({ ...backlog, status: openTodoStatuses }),
      all: tables.todo.count(backlog),
    },
    artifacts: top === null ? 0 : tables.artifact.count(top),
  };
}

function toRow(context: OperationContext, row: Project): z.input<typeof projectRow> {
  const { tables } = context;
  const status = ['in_progress', 'review'] as const;
  const going = tables.sprint.list({ projectId: row.id, origin: 'person', status }, { limit: 1 }).items;
  const loops = tables.loop.count({ projectId: row.id, status: 'running' });
  return {
    ...cut(row),
    ...restOf(context, row.id),
    active: currentProject(context) === row.id,
    sprints: tables.sprint.count({ projectId: row.id, origin: 'person' }),
    sprintEnds: going[0]?.endDate ?? null,
    underWay: going.length > 0 || loops > 0,
  };
}

export const projectRows = defineOperation({
  id: 'project.rows',
  title: 'Rows of projects',
  summary: 'Lists projects, active ones first, or those that are named; and counts what belongs to none.',
  effect: 'read',
  permission: 'read',
  surfaces: ['view'],
  input: z.object({
    projects: z.array(projectId).max(500).optional().describe('Only these'),
    ...page,
  }),
  output: pageOf(projectRow).extend({ withoutProject: rest }),
  run(context, input) {
    const { tables } = context;
    const list =
      input.projects === undefined
        ? tables.project.list({}, input)
        : { items: input.projects.flatMap((id) => tables.project.find(id) ?? []), more: 0, next: null };
    return ok({
      ...list,
      items: list.items.map((row) => toRow(context, row)),
      withoutProject: restOf(context, null),
    });
  },
});
