import type { Agent } from '../../domain/agent/agent.ts';
import { isHandedIn } from '../merge/handIn.ts';
import { moveMessage } from '../message/moveMessage.ts';
import { isParked } from '../message/parkedQuestions.ts';
import { passOnQuestions } from '../message/passOnQuestions.ts';
import type { OperationContext } from '../operation.ts';
import { settle } from '../todo/blocking.ts';
import { moveTodo } from '../todo/moveTodo.ts';
import { keepWorktrees } from '../worktree/keepWorktrees.ts';

/**
 * Gives back what an agent held that no longer lives: its claims return to the list, its open questions are
 * withdrawn, and those that waited for it go to the person. One that parked keeps its claims and its question;
 * a todo that was handed in stays with its agent until it is merged.
 */
export function letGo(
  context: OperationContext,
  agent: Pick<Agent, 'id' | 'name' | 'status' | 'reported'>,
): void {
  const { tables } = context;
  keepWorktrees(context, agent);
  passOnQuestions(context, agent.id);
  const parks = isParked(context, agent);
  for (const question of tables.message.all({ senderAgentId: agent.id, status: 'pending' }))
    if (!(parks && question.parked)) moveMessage(context, question, 'withdrawn');
  if (parks) return;
  for (const todo of tables.todo.all({ assignee: agent.name, status: 'in_progress' })) {
    if (isHandedIn(context, todo)) continue;
    moveTodo(context, todo, 'pending');
    settle(context, todo.id);
  }
}
