import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { isLive, mostAttempts, type Agent } from '../../domain/agent/agent.ts';
import { windowOf } from '../../domain/caller.ts';
import { message as messageRow, type Message } from '../../domain/message/message.ts';
import { restartAgent } from '../agent/restartAgent.ts';
import { settleWaiting } from '../agent/settleWaiting.ts';
import { whyNotResumable } from '../agent/whyNotResumable.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { about, aboutAlso } from './about.ts';
import { delivery, deliveryTo } from './delivery.ts';
import { insertMessage } from './insertMessage.ts';
import { resolveRecipient, to } from './recipient.ts';

const { body } = messageRow.shape;

export const askQuestion = defineOperation({
  id: 'message.ask',
  title: 'Ask',
  summary:
    'Asks an agent, whoever works on a todo or sprint, or the person. Refused at once when nobody there can answer.',
  effect: 'write',
  permission: 'comment',
  surfaces: everySurface,
  positional: ['body'],
  input: z.object({
    to,
    body: body.describe('The question'),
    park: z.boolean().default(false).describe('End your turn, be resumed with the answer'),
    ...about,
  }),
  output: messageRow.extend({ delivery, next: z.string() }),
  run(context, input) {
    if (input.park) mustBeAbleToPark(context);
    const recipient = aboutAlso(context, resolveRecipient(context, input.to, true), input);
    const reaches = deliveryTo(context, recipient, { asks: true });
    const question = insertMessage(context, recipient, input.body, { asks: true, parked: input.park });
    settleWaiting(context, question.senderAgentId);
    wake(context, question);
    return ok({ ...question, delivery: reaches, next: input.park ? parked : waiting(question) });
  },
});

const parked = 'You are parked. End your turn now; you go on in this session when the answer is there.';
const waiting = ({ id }: Message): string => `Wait for the answer: sloop message show ${id} --wait.`;

/** Parking ends the asker's process, so there must be a way to go on with its session. */
function mustBeAbleToPark({ caller, tables }: OperationContext): void {
  const instead = 'Ask without park, and wait for the answer.';
  const agent = caller.kind === 'agent' ? tables.agent.find(caller.agentId) : undefined;
  if (agent === undefined) refuseNow('invalid', 'Only an agent can park.', 'Ask without park.');
  const obstacle = whyNotResumable(agent);
  if (obstacle !== null)
    refuseNow('conflict', `You could not be resumed with the answer. ${obstacle.message}`, instead);
}

/** An ended agent that is asked goes on with the question as its prompt. */
function wake(context: OperationContext, question: Message): void {
  const { tables, caller } = context;
  const asked: Agent | undefined =
    question.recipientAgentId === null ? undefined : tables.agent.find(question.recipientAgentId);
  if (asked === undefined || isLive(asked.status)) return;
  restartAgent(context, asked, {
    prompt: 'You had ended, and are resumed because you are asked something. Answer it, then end your turn.',
    window: windowOf(caller),
    // It is to answer, not to try its task again.
    attempt: mostAttempts,
    onlyToAnswer: true,
  });
}
