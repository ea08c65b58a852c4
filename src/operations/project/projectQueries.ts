import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { artifactId } from '../../domain/ids.ts';
import { page, pageOf } from '../../domain/page.ts';
import { project, projectStatuses } from '../../domain/project/project.ts';
import { openTodoStatuses } from '../../domain/todo/todo.ts';
import { rootPage } from '../artifact/insertArtifact.ts';
import { projectByRef, requireProject } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { repositoryLine, toRepositoryLine } from '../repository/repositoryLine.ts';
import { projectRef } from './projectFields.ts';
import { projectLine, toProjectLine } from './projectLine.ts';

export const listProjects = defineOperation({
  id: 'project.list',
  title: 'List projects',
  summary: 'Lists projects, those that are not archived unless a status is named.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({
    status: z
      .array(z.enum(projectStatuses))
      .optional()
      .describe('Only these; active and completed when left out'),
    all: z.boolean().optional().describe('Every status'),
    ...page,
  }),
  output: pageOf(
    projectLine.extend({
      sprints: z.number().int(),
      completeSprints: z.number().int(),
      openTodos: z.number().int(),
    }),
  ),
  run({ tables }, input) {
    const status = input.status ?? (input.all === true ? undefined : (['active', 'completed'] as const));
    const list = tables.project.list({ status }, input);
    return ok({
      ...list,
      items: list.items.map((row) => ({
        ...toProjectLine(row),
        sprints: tables.sprint.count({ projectId: row.id }),
        completeSprints: tables.sprint.count({ projectId: row.id, status: 'complete' }),
        openTodos: tables.todo.count({ projectId: row.id, status: openTodoStatuses }),
      })),
    });
  },
});

export const showProject = defineOperation({
  id: 'project.show',
  title: 'Show a project',
  summary: 'Shows a project with its counts, its repositories and its root page.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['project'],
  input: z.object({
    project: projectRef.optional().describe('Project id or slug; the active one when left out'),
  }),
  output: project.extend({
    sprints: z.number().int(),
    completeSprints: z.number().int(),
    todos: z.number().int(),
    openTodos: z.number().int(),
    completedTodos: z.number().int(),
    artifacts: z.number().int(),
    repositories: z.array(repositoryLine),
    rootPage: artifactId.nullable(),
  }),
  run(context, input) {
    const { tables } = context;
    const found = projectByRef(context, input.project ?? requireProject(context, undefined));
    const of = { projectId: found.id };
    return ok({
      ...found,
      sprints: tables.sprint.count(of),
      completeSprints: tables.sprint.count({ ...of, status: 'complete' }),
      todos: tables.todo.count(of),
      openTodos: tables.todo.count({ ...of, status: openTodoStatuses }),
      completedTodos: tables.todo.count({ ...of, status: 'completed' }),
      artifacts: tables.artifact.count(of),
      repositories: tables.project
        .repositories(found.id)
        .flatMap((id) => tables.repository.find(id) ?? [])
        .map(toRepositoryLine),
      rootPage: rootPage(context, found.id)?.id ?? null,
    });
  },
});
