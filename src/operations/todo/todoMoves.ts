import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { todoId, type TodoId } from '../../domain/ids.ts';
import { isLive } from '../../domain/agent/agent.ts';
import { openMergeStatuses } from '../../domain/merge/merge.ts';
import { isOpen, type Todo } from '../../domain/todo/todo.ts';
import { recordReport } from '../agent/recordReport.ts';
import { mustFind } from '../lookup.ts';
import { handIn } from '../merge/handIn.ts';
import { moveMerge } from '../merge/moveMerge.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { settle, settleDependents } from './blocking.ts';
import { moveTodo } from './moveTodo.ts';
import { todoLine, toTodoLine } from './todoLine.ts';

const many = z.array(todoId).min(1).max(100).describe('Todo ids');
const lines = z.object({ todos: z.array(todoLine) });

/** Runs `change` on each todo and shows them as they stand after all of it. */
function eachTodo(context: OperationContext, ids: readonly TodoId[], change: (todo: Todo) => void) {
  const find = (id: TodoId) => mustFind(context.tables.todo, 'todo', id);
  for (const id of ids) change(find(id));
  return ok({ todos: ids.map((id) => toTodoLine(find(id))) });
}

export const claimTodo = defineOperation({
  id: 'todo.claim',
  title: 'Claim a todo',
  summary:
    'Gives a pending todo to you, and to you alone, until you release or complete it or your process ends.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  input: z.object({ todo: todoId }),
  output: todoLine,
  run(context, input) {
    const todo = mustFind(context.tables.todo, 'todo', input.todo);
    if (todo.status === 'in_progress')
      refuseNow(
        'conflict',
        `Todo ${todo.id} is already claimed by ${todo.assignee ?? 'someone'}.`,
        'Pick another: sloop todo ready.',
      );
    if (todo.status === 'blocked')
      refuseNow('conflict', waitingText(context, todo), 'Pick another: sloop todo ready.');
    if (todo.gate !== 'auto' && context.caller.kind === 'agent')
      refuseNow(
        'forbidden',
        `Todo ${todo.id} is for a person (${todo.gate}).`,
        'Pick another: sloop todo ready.',
      );
    return ok(toTodoLine(moveTodo(context, todo, 'in_progress', { assignee: context.caller.name })));
  },
});

function waitingText({ tables }: OperationContext, todo: Todo): string {
  if (todo.blockedReason !== null) return `Todo ${todo.id} is blocked: ${todo.blockedReason}.`;
  const names = tables.todo.openDependencies(todo.id).map((open) => open.id);
  return `Todo ${todo.id} waits for ${names.join(', ')}.`;
}

export const releaseTodo = defineOperation({
  id: 'todo.release',
  title: 'Release a todo',
  summary: 'Gives a claimed todo back, so that another may take it.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  input: z.object({ todo: todoId }),
  output: todoLine,
  run(context, input) {
    const todo = mustFind(context.tables.todo, 'todo', input.todo);
    if (todo.status !== 'in_progress')
      refuseNow(
        'conflict',
        `Todo ${todo.id} is ${todo.status}, not claimed.`,
        'Only a claimed todo can be released.',
      );
    mustHold(context, todo);
    moveTodo(context, todo, 'pending');
    settle(context, todo.id);
    return ok(toTodoLine(mustFind(context.tables.todo, 'todo', todo.id)));
  },
});

/** An agent acts on what it holds; another living agent's work is not its to end. A person may always. */
function mustHold({ caller, tables }: OperationContext, todo: Todo): void {
  if (caller.kind !== 'agent' || todo.status !== 'in_progress' || todo.assignee === caller.name) return;
  const holder = todo.assignee === null ? undefined : tables.agent.findByName(todo.assignee);
  if (todo.assignee !== 'person' && (holder === undefined || !isLive(holder.status))) return;
  refuseNow(
    'conflict',
    `Todo ${todo.id} is claimed by ${todo.assignee}.`,
    `Ask ${todo.assignee}: sloop ask --to ${todo.assignee}.`,
  );
}

export const completeTodos = defineOperation({
  id: 'todo.complete',
  title: 'Complete todos',
  summary:
    'Marks todos as done and lets what waited for them go on. Your own, done in a worktree, is so once it is merged.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['todos'],
  input: z.object({
    todos: many,
    summary: z.string().max(20_000).optional().describe('What was done; those who depend on it will read it'),
    actualHours: z.number().nonnegative().optional().describe('Hours it took'),
  }),
  output: lines,
  run(context, input) {
    return eachTodo(context, input.todos, (todo) => {
      if (todo.status === 'blocked')
        refuseNow(
          'conflict',
          waitingText(context, todo),
          'Complete those first, or reopen it if it is blocked by hand.',
        );
      mustHold(context, todo);
      if (handsIn(context, todo, input)) return;
      moveTodo(context, todo, 'completed', {
        completionSummary: input.summary ?? todo.completionSummary,
        actualHours: input.actualHours ?? todo.actualHours,
      });
      settleDependents(context, context.tables.todo.dependencies.dependents(todo.id));
    });
  },
});

/** An agent's own todo that it did in worktrees is completed when they are merged. */
function handsIn(
  context: OperationContext,
  todo: Todo,
  { summary, actualHours }: { summary?: string | undefined; actualHours?: number | undefined },
): boolean {
  const { caller, tables } = context;
  if (caller.kind !== 'agent' || todo.id !== caller.todoId || todo.status !== 'in_progress') return false;
  const agent = mustFind(tables.agent, 'agent', caller.agentId);
  const timed = { ...todo, actualHours: actualHours ?? todo.actualHours };
  if (!handIn(context, agent, timed, summary ?? todo.completionSummary ?? '')) return false;
  recordReport(context, agent, 'done', summary ?? null);
  return true;
}

export const blockTodo = defineOperation({
  id: 'todo.block',
  title: 'Block a todo',
  summary: 'Stops work on a todo for a reason that a person or agent has to remove; reopen lifts it.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['todo', 'reason'],
  input: z.object({
    todo: todoId,
    reason: z.string().trim().min(1, 'must say why').max(2000).describe('What has to change'),
  }),
  output: todoLine,
  run(context, input) {
    const todo = mustFind(context.tables.todo, 'todo', input.todo);
    mustHold(context, todo);
    if (todo.status === 'blocked') {
      const blocked = { ...todo, blockedReason: input.reason, updatedAt: context.now };
      context.tables.todo.update(blocked);
      return ok(toTodoLine(blocked));
    }
    return ok(toTodoLine(moveTodo(context, todo, 'blocked', { blockedReason: input.reason })));
  },
});

export const cancelTodos = defineOperation({
  id: 'todo.cancel',
  title: 'Cancel todos',
  summary: 'Gives todos up; what waited for them no longer does.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['todos'],
  input: z.object({ todos: many }),
  output: lines,
  run(context, input) {
    return eachTodo(context, input.todos, (todo) => {
      mustHold(context, todo);
      moveTodo(context, todo, 'cancelled');
      for (const merge of context.tables.merge.all({ todoId: todo.id, status: openMergeStatuses }))
        moveMerge(context, merge, 'cancelled');
      settleDependents(context, context.tables.todo.dependencies.dependents(todo.id));
    });
  },
});

export const reopenTodos = defineOperation({
  id: 'todo.reopen',
  title: 'Reopen todos',
  summary:
    'Makes completed, cancelled or hand-blocked todos pending again; what depends on them waits again.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['todos'],
  input: z.object({ todos: many }),
  output: lines,
  run(context, input) {
    return eachTodo(context, input.todos, (todo) => {
      if (isOpen(todo.status) && todo.blockedReason === null)
        refuseNow(
          'conflict',
          `Todo ${todo.id} is ${todo.status}: there is nothing to reopen.`,
          'Reopen takes completed, cancelled or hand-blocked todos.',
        );
      moveTodo(context, todo, 'pending');
      settle(context, todo.id);
      settleDependents(context, context.tables.todo.dependencies.dependents(todo.id));
    });
  },
});

export const approveTodos = defineOperation({
  id: 'todo.approve',
  title: 'Approve todos',
  summary: 'Lets todos that an agent suggested be worked on.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['todos'],
  input: z.object({ todos: many }),
  output: lines,
  run(context, input) {
    return eachTodo(context, input.todos, (todo) => {
      if (todo.status !== 'pending_approval')
        refuseNow(
          'conflict',
          `Todo ${todo.id} is ${todo.status}, not waiting for approval.`,
          'List those that wait: sloop todo list --status pending_approval.',
        );
      moveTodo(context, todo, 'pending');
      settle(context, todo.id);
    });
  },
});
