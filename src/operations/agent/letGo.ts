import type { Agent } from '../../domain/agent/agent.ts';
import { moveMessage } from '../message/moveMessage.ts';
import { passOnQuestions } from '../message/passOnQuestions.ts';
import type { OperationContext } from '../operation.ts';
import { settle } from '../todo/blocking.ts';
import { moveTodo } from '../todo/moveTodo.ts';

/**
 * Gives back what an agent held that no longer lives: its claims return to the list, its open questions are
 * withdrawn, and those that waited for it go to the person.
 */
export function letGo(context: OperationContext, agent: Pick<Agent, 'id' | 'name'>): void {
  const { tables } = context;
  for (const todo of tables.todo.all({ assignee: agent.name, status: 'in_progress' })) {
    moveTodo(context, todo, 'pending');
    settle(context, todo.id);
  }
  for (const question of tables.message.all({ senderAgentId: agent.id, status: 'pending' }))
    moveMessage(context, question, 'withdrawn');
  passOnQuestions(context, agent.id);
}
