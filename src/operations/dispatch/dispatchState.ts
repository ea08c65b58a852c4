import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { liveAgentStatuses } from '../../domain/agent/agent.ts';
import { dispatchStates } from '../../domain/dispatch/rule.ts';
import { instant } from '../../domain/instant.ts';
import { projectId } from '../../domain/ids.ts';
import { project as projectRow, type Project } from '../../domain/project/project.ts';
import { projectByRef, requireProject, mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { projectRef } from '../project/projectFields.ts';
import { todoLine, toTodoLine } from '../todo/todoLine.ts';
import { nextTurn } from './nextTodo.ts';

const one = z.object({
  project: projectRef.optional().describe('Project id or slug; the active project when left out'),
});

/** The three commands that set a project's dispatch differ in the state alone. */
const setter = <Id extends string>(
  id: Id,
  to: Project['dispatch'],
  words: { title: string; summary: string },
) =>
  defineOperation({
    id,
    ...words,
    effect: 'write',
    permission: 'person',
    surfaces: ['cli', 'palette'],
    positional: ['project'],
    input: one,
    output: projectRow,
    run(context, input) {
      const found = mustFind(context.tables.project, 'project', requireProject(context, input.project));
      if (to === 'on' && found.status !== 'active')
        refuseNow(
          'conflict',
          `Project ${found.slug} is ${found.status}.`,
          `Reopen it first: sloop project reopen ${found.slug}.`,
        );
      if (to === 'paused' && found.dispatch === 'off')
        refuseNow(
          'conflict',
          `Nothing of project ${found.slug} is dispatched.`,
          `To begin: sloop dispatch start ${found.slug}.`,
        );
      const changed: Project = { ...found, dispatch: to, updatedAt: context.now };
      context.tables.project.update(changed);
      return ok(changed);
    },
  });

export const startDispatch = setter('dispatch.start', 'on', {
  title: 'Start dispatch',
  summary:
    'Gives ready todos of a project to agents by themselves, by priority then age, within the limits; approved sprints start when they can.',
});

export const pauseDispatch = setter('dispatch.pause', 'paused', {
  title: 'Pause dispatch',
  summary: 'Starts no further agents in a project; those at work go on.',
});

export const stopDispatch = setter('dispatch.stop', 'off', {
  title: 'Stop dispatch',
  summary: 'Leaves the todos of a project to people again; agents at work go on.',
});

const state = z.object({
  project: projectId,
  slug: projectRow.shape.slug,
  dispatch: z.enum(dispatchStates),
  agents: z.number().int().describe('Agents that live in it, whoever started them'),
  ready: z.number().int().describe('Todos that an agent could take now'),
  waiting: z.number().int().describe('Todos that wait for an approval or a person'),
  next: z.array(todoLine).describe('What comes next, without what was asked for to run first'),
});

export const dispatchStatus = defineOperation({
  id: 'dispatch.status',
  title: 'Show dispatch',
  summary: 'Shows what dispatch does: limits, agents at work, what is ready, what comes next and what waits.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['project'],
  input: one,
  output: z.object({
    agents: z.number().int().describe('Agents that live, in all'),
    limit: z.number().int().describe('How many may live before dispatch starts no more'),
    perProvider: z.record(z.string(), z.number()).describe('The same by provider'),
    promoted: z.array(todoLine).describe('What was asked to run next, in that order'),
    turn: todoLine.nullable().describe('What an agent would get just now'),
    againAt: instant.nullable().describe('When an account is there again that something ready waits for'),
    projects: z.array(state),
  }),
  run(context, input) {
    const { tables, limits } = context;
    const projects =
      input.project === undefined
        ? tables.project.all({ status: 'active', dispatch: ['on', 'paused'] })
        : [projectByRef(context, input.project)];
    const { turn, againAt } = nextTurn(context);
    return ok({
      agents: tables.agent.count({ status: liveAgentStatuses }),
      limit: limits.agents,
      perProvider: { ...limits.perProvider },
      promoted: tables.todo.promoted().map(toTodoLine),
      turn: turn === null ? null : toTodoLine(turn.todo),
      againAt,
      projects: projects.map((project) => stateOf(context, project)),
    });
  },
});

const shownNext = 5;

function stateOf({ tables }: OperationContext, { id, slug, dispatch }: Project): z.input<typeof state> {
  const ready = tables.todo.ready({ projectId: id }, { limit: shownNext });
  const gates = ['human-verify', 'decision', 'human-action'] as const;
  return {
    project: id,
    slug,
    dispatch,
    agents: tables.agent.count({ projectId: id, status: liveAgentStatuses }),
    ready: ready.items.length + ready.more,
    waiting:
      tables.todo.count({ projectId: id, status: 'pending_approval' }) +
      tables.todo.count({ projectId: id, status: 'pending', gate: gates }),
    next: ready.items.map(toTodoLine),
  };
}
