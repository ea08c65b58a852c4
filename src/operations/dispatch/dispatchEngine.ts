import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { instant } from '../../domain/instant.ts';
import { todoId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project/project.ts';
import type { Todo } from '../../domain/todo/todo.ts';
import { agentLine, toAgentLine } from '../agent/agentLine.ts';
import { startAgent } from '../agent/startAgent.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { insertSession } from '../session/insertSession.ts';
import { settleDependents } from '../todo/blocking.ts';
import { moveTodo } from '../todo/moveTodo.ts';
import { nextTurn } from './nextTodo.ts';
import { settleSprints } from './settleSprints.ts';

const bookkeeping = { permission: 'system', surfaces: [] } as const;

export const nextDispatch = defineOperation({
  id: 'dispatch.next',
  title: 'Say whose turn it is',
  summary: 'The todo that an agent is to get now, if any is ready and there is room for one.',
  effect: 'read',
  ...bookkeeping,
  input: z.object({}),
  output: z.object({
    turn: z.object({ action: z.enum(['start', 'finish']), todo: todoId }).nullable(),
    againAt: instant.nullable().describe('When an account is there again that something ready waits for'),
  }),
  run(context) {
    const { turn, againAt } = nextTurn(context);
    return ok({ againAt, turn: turn === null ? null : { action: turn.action, todo: turn.todo.id } });
  },
});

export const assignTodo = defineOperation({
  id: 'dispatch.assign',
  title: 'Give a todo to an agent',
  summary: 'Starts an agent on the todo whose turn it is. Refused where it is not its turn any more.',
  effect: 'write',
  ...bookkeeping,
  input: z.object({ todo: todoId }),
  output: agentLine,
  run(context, input) {
    const { turn } = nextTurn(context);
    if (turn?.todo.id !== input.todo || turn.action !== 'start')
      return refuseNow(
        'limit',
        `It is not the turn of todo ${input.todo} any more.`,
        'Ask again: dispatch.next.',
      );
    const { todo, assignment } = turn;
    const project = projectOf(context, todo);
    if (todo.promotedAt !== null) context.tables.todo.update({ ...todo, promotedAt: null });
    const agent = startAgent(context, {
      ...assignment,
      origin: 'dispatch',
      sessionId: dispatchSession(context, project),
      projectId: project.id,
      sprintId: todo.sprintId,
      todoId: todo.id,
      loopId: null,
      stageId: null,
      prompt: `Do your todo ${todo.id}.`,
      worktree: project.isolation === 'worktree',
    });
    return ok(toAgentLine(agent));
  },
});

export const finishTodo = defineOperation({
  id: 'dispatch.finish',
  title: 'Finish a todo whose parts are done',
  summary: 'Completes a todo that has nothing left to do of its own once all below it is done.',
  effect: 'write',
  ...bookkeeping,
  input: z.object({ todo: todoId }),
  output: z.object({ todo: todoId }),
  run(context, input) {
    const todo = mustFind(context.tables.todo, 'todo', input.todo);
    moveTodo(context, todo, 'completed', { completionSummary: 'All of its parts are done.' });
    settleDependents(context, context.tables.todo.dependencies.dependents(todo.id));
    return ok({ todo: todo.id });
  },
});

export const settleDispatch = defineOperation({
  id: 'dispatch.settle',
  title: 'Start and end sprints by dispatch',
  summary: 'Starts approved sprints that wait for nothing and brings to review those in which all is done.',
  effect: 'write',
  ...bookkeeping,
  input: z.object({}),
  output: z.object({ moved: z.number().int().describe('Sprints that moved') }),
  run: (context) => ok({ moved: settleSprints(context) }),
});

function projectOf({ tables }: OperationContext, todo: Todo): Project {
  if (todo.projectId === null) throw new Error(`Todo ${todo.id} has a turn and no project.`);
  return mustFind(tables.project, 'project', todo.projectId);
}

/** The session that all dispatched agents of a project share. */
function dispatchSession(context: OperationContext, { id, title }: Project) {
  const [open] = context.tables.session.all({
    projectId: id,
    origin: 'background',
    parentId: null,
    status: 'open',
  });
  return (
    open ??
    insertSession(context, {
      title: `Dispatch of ${title}`.slice(0, 200),
      origin: 'background',
      parentId: null,
      projectId: id,
      role: null,
    })
  ).id;
}
