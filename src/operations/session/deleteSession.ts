import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { agentId, artifactId, loopId, sessionId, todoId } from '../../domain/ids.ts';
import { removeArtifacts } from '../artifact/deleteArtifacts.ts';
import { detachArtifact } from '../artifact/detachArtifact.ts';
import { mustFind } from '../lookup.ts';
import { mustBeQuiet } from '../mustBeQuiet.ts';
import { defineOperation } from '../operation.ts';
import { settleDependents } from '../todo/blocking.ts';

export const deleteSession = defineOperation({
  id: 'session.delete',
  title: 'Delete a session',
  summary:
    'Deletes a session with its agents, loops, todos without a project and artifacts that are not persistent; the rest stays. dryRun only says so.',
  effect: 'destroy',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['session'],
  input: z.object({
    session: sessionId,
    dryRun: z.boolean().default(false).describe('Only say what would be deleted'),
  }),
  output: z.object({
    dryRun: z.boolean(),
    session: sessionId,
    agents: z.array(agentId).describe('With their messages; their output stays'),
    loops: z.array(loopId),
    deletedTodos: z.array(todoId),
    detachedTodos: z.array(todoId).describe('They belong to a project and stay'),
    deletedArtifacts: z.array(artifactId),
    detachedArtifacts: z.array(artifactId).describe('They are persistent and stay'),
  }),
  run(context, input) {
    const { tables, now } = context;
    const found = mustFind(tables.session, 'session', input.session);
    if (!input.dryRun) mustBeQuiet(context, `Session ${found.id}`, { sessionId: found.id });
    const of = { sessionId: found.id };
    const todos = tables.todo.all(of);
    const roots = todos.filter((todo) => todo.projectId === null);
    const deletedTodos = [...new Set(roots.flatMap((todo) => tables.todo.subtree(todo.id)))];
    const detachedTodos = todos.filter((todo) => !deletedTodos.includes(todo.id));
    const artifacts = tables.artifact.all(of);
    const deletedArtifacts = artifacts.filter((artifact) => !artifact.persistent);
    const detachedArtifacts = artifacts.filter((artifact) => artifact.persistent);
    const loops = tables.loop.all(of);
    const agents = tables.agent.all(of);
    if (!input.dryRun) {
      // One by one, so that no cascade hides what went.
      const dependents = deletedTodos.flatMap((id) => tables.todo.dependencies.dependents(id));
      for (const id of deletedTodos)
        if (tables.todo.find(id) !== undefined)
          for (const below of tables.todo.subtree(id).toReversed()) tables.todo.remove(below);
      settleDependents(context, [...new Set(dependents)]);
      for (const todo of detachedTodos) tables.todo.update({ ...todo, sessionId: null, updatedAt: now });
      removeArtifacts(context, deletedArtifacts);
      for (const artifact of detachedArtifacts) detachArtifact(context, artifact, 'session');
      for (const loop of loops) tables.loop.remove(loop.id);
      for (const agent of agents) tables.agent.remove(agent.id);
      tables.session.remove(found.id);
    }
    return ok({
      dryRun: input.dryRun,
      session: found.id,
      agents: agents.map((agent) => agent.id),
      loops: loops.map((loop) => loop.id),
      deletedTodos,
      detachedTodos: detachedTodos.map((todo) => todo.id),
      deletedArtifacts: deletedArtifacts.map((artifact) => artifact.id),
      detachedArtifacts: detachedArtifacts.map((artifact) => artifact.id),
    });
  },
});
