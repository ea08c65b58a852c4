import { expectOk } from '../../base/result.ts';
import type { Agent } from '../../domain/agent/agent.ts';
import { messageMoves, type MessageStatus } from '../../domain/message/message.ts';
import { checkMove } from '../../domain/transitions.ts';
import type { OperationContext } from '../operation.ts';
import { settle } from '../todo/blocking.ts';
import { moveTodo } from '../todo/moveTodo.ts';

/** Gives back what an agent held that no longer lives: its claims return to the list, its open questions are withdrawn. */
export function letGo(context: OperationContext, agent: Pick<Agent, 'id' | 'name'>): void {
  const { tables, now } = context;
  for (const todo of tables.todo.all({ assignee: agent.name, status: 'in_progress' })) {
    moveTodo(context, todo, 'pending');
    settle(context, todo.id);
  }
  for (const question of tables.message.all({ senderAgentId: agent.id, status: 'pending' })) {
    const status = expectOk(
      checkMove<MessageStatus>(`Message ${question.id}`, messageMoves, question.status, 'withdrawn'),
    );
    tables.message.update({ ...question, status, updatedAt: now });
  }
}
