import { z } from 'zod';
import { ok } from '../../base/result.ts';
import type { Artifact } from '../../domain/artifact/artifact.ts';
import { artifactId, loopId, projectId, sprintId, todoId, type ProjectId } from '../../domain/ids.ts';
import type { Todo } from '../../domain/todo/todo.ts';
import { rootPage } from '../artifact/insertArtifact.ts';
import { removeArtifacts } from '../artifact/deleteArtifacts.ts';
import { detachArtifact } from '../artifact/detachArtifact.ts';
import { projectByRef } from '../lookup.ts';
import { mustBeQuiet } from '../mustBeQuiet.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { projectRef } from './projectFields.ts';

export const deleteProject = defineOperation({
  id: 'project.delete',
  title: 'Delete a project',
  summary:
    'Deletes a project with its sprints and loops. Its todos and artifacts go too if asked, else they stay without a project. dryRun only says so.',
  effect: 'destroy',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['project'],
  input: z.object({
    project: projectRef,
    todos: z.boolean().default(false).describe('Delete its todos too'),
    artifacts: z.boolean().default(false).describe('Delete its artifacts too'),
    dryRun: z.boolean().default(false).describe('Only say what would be deleted'),
  }),
  output: z.object({
    dryRun: z.boolean(),
    project: projectId,
    sprints: z.array(sprintId),
    loops: z.array(loopId),
    deletedTodos: z.array(todoId),
    detachedTodos: z.array(todoId).describe('They stay, without project and sprint'),
    deletedArtifacts: z.array(artifactId),
    detachedArtifacts: z.array(artifactId).describe('They stay, without project and sprint'),
  }),
  run(context, input) {
    const { tables } = context;
    const found = projectByRef(context, input.project);
    if (!input.dryRun) mustBeQuiet(context, `Project ${found.slug}`, { projectId: found.id });
    const of = { projectId: found.id };
    const todos = tables.todo.all(of);
    const artifacts = tables.artifact.all(of);
    const deletedArtifacts = input.artifacts ? artifacts : emptyRootPage(context, found.id);
    const detachedArtifacts = artifacts.filter((row) => !deletedArtifacts.some(({ id }) => id === row.id));
    const sprints = tables.sprint.all(of);
    const loops = tables.loop.all(of);
    if (!input.dryRun) {
      if (input.todos) for (const todo of childrenFirst(context, todos)) tables.todo.remove(todo);
      else for (const todo of todos) detachTodo(context, todo);
      removeArtifacts(context, deletedArtifacts);
      for (const artifact of detachedArtifacts) detachArtifact(context, artifact, 'project');
      // One by one, so that no cascade hides what went.
      for (const loop of loops) tables.loop.remove(loop.id);
      for (const sprint of sprints) tables.sprint.remove(sprint.id);
      tables.project.remove(found.id);
    }
    const ids = <T extends { readonly id: string }>(rows: readonly T[]): T['id'][] =>
      rows.map((row) => row.id);
    return ok({
      dryRun: input.dryRun,
      project: found.id,
      sprints: ids(sprints),
      loops: ids(loops),
      deletedTodos: input.todos ? ids(todos) : [],
      detachedTodos: input.todos ? [] : ids(todos),
      deletedArtifacts: ids(deletedArtifacts),
      detachedArtifacts: ids(detachedArtifacts),
    });
  },
});

/** A root page that nobody wrote on means nothing without its project. */
function emptyRootPage(context: OperationContext, project: ProjectId): readonly Artifact[] {
  const root = rootPage(context, project);
  const isUntouched =
    root?.version === 1 && root.content === '' && context.tables.comment.count({ artifactId: root.id }) === 0;
  return isUntouched ? [root] : [];
}

const childrenFirst = ({ tables }: OperationContext, todos: readonly Todo[]) =>
  [
    ...new Set(
      todos.filter((todo) => todo.parentId === null).flatMap((todo) => tables.todo.subtree(todo.id)),
    ),
  ].toReversed();

/** No todo is stranded: it stays with its session, where its dependencies go with it. */
function detachTodo({ tables, now }: OperationContext, todo: Todo): void {
  tables.todo.update({ ...todo, projectId: null, sprintId: null, updatedAt: now });
}
