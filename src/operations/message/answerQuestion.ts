import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { messageId } from '../../domain/ids.ts';
import { message as messageRow, type Message } from '../../domain/message/message.ts';
import { settleWaiting } from '../agent/settleWaiting.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { insertMessage } from './insertMessage.ts';
import { moveMessage } from './moveMessage.ts';
import { isAskedOf, readerOf } from './pendingQuestions.ts';
import type { Recipient } from './recipient.ts';
import { settleParked } from './settleParked.ts';

const { body } = messageRow.shape;
const one = z.object({ message: messageId });

export const answerQuestion = defineOperation({
  id: 'message.answer',
  title: 'Answer a question',
  summary: 'Answers a question that was asked of you; the person may answer any.',
  effect: 'write',
  permission: 'comment',
  surfaces: everySurface,
  positional: ['message', 'body'],
  input: one.extend({ body: body.describe('The answer') }),
  output: messageRow.describe('The question, now answered'),
  run(context, input) {
    const { tables, caller, now } = context;
    const question = mustFind(tables.message, 'message', input.message);
    mustBeOpen(question);
    if (caller.kind === 'agent' && !isAskedOf(question, caller))
      refuseNow(
        'forbidden',
        `This was asked of ${question.recipientName ?? 'others'}, not of you.`,
        'Write a note if you know more: sloop message send.',
      );
    const answered = moveMessage(context, question, 'answered', {
      answer: input.body,
      answeredBy: caller.name,
    });
    insertMessage(context, backTo(question), input.body, { asks: false, parent: question });
    tables.message.markRead(question.id, readerOf(caller), now);
    settle(context, question);
    return ok(answered);
  },
});

export const withdrawQuestion = defineOperation({
  id: 'message.withdraw',
  title: 'Withdraw a question',
  summary: 'Takes back a question of yours that nobody has answered.',
  effect: 'write',
  permission: 'comment',
  surfaces: everySurface,
  positional: ['message'],
  input: one,
  output: messageRow,
  run(context, input) {
    const { tables, caller } = context;
    const question = mustFind(tables.message, 'message', input.message);
    mustBeOpen(question);
    if (caller.kind === 'agent' && question.senderAgentId !== caller.agentId)
      refuseNow(
        'forbidden',
        `This question is ${question.senderName}'s.`,
        'Answer it, or leave it to them: sloop message answer.',
      );
    const withdrawn = moveMessage(context, question, 'withdrawn');
    settle(context, question);
    return ok(withdrawn);
  },
});

/** Whoever waits for this question goes on. */
function settle(context: OperationContext, { parked, senderAgentId }: Message): void {
  if (parked) settleParked(context, senderAgentId);
  else settleWaiting(context, senderAgentId);
}

/** The way back: an answer goes to whoever asked, about the same. */
function backTo(question: Message): Recipient {
  const { projectId, sessionId, sprintId: sprint, todoId: todo } = question;
  return {
    recipientKind: question.senderKind === 'agent' ? 'agent' : 'person',
    recipientName: question.senderName,
    recipientAgentId: question.senderAgentId,
    projectId,
    sessionId,
    sprintId: sprint,
    todoId: todo,
  };
}

function mustBeOpen(question: Message): void {
  if (question.status === 'pending') return;
  if (question.status === 'answered')
    refuseNow(
      'conflict',
      `${question.answeredBy ?? 'Somebody'} answered already: ${question.answer ?? ''}`,
      `Read the thread: sloop message thread ${question.id}.`,
    );
  refuseNow(
    'conflict',
    question.status === 'withdrawn'
      ? `${question.senderName} withdrew this question.`
      : `Message ${question.id} is a note and asks nothing.`,
    'To say something all the same: sloop message send.',
  );
}
