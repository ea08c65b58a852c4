import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { isLive, type Agent } from '../../domain/agent/agent.ts';
import { hookSign, type HookSign } from '../../domain/agent/hookSign.ts';
import { mustFind } from '../lookup.ts';
import { isParked } from '../message/parkedQuestions.ts';
import { besideAnAnswer, takeMessages } from '../message/takeMessages.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { moveAgent } from './moveAgent.ts';
import { isWaitingForAnswer } from './settleWaiting.ts';
import { wasSilent } from './silence.ts';

/**
 * Called by `sloop hook` with the agent's own token. In the interactive form hooks alone tell whether it works or
 * waits; the streamed form has its event stream for that, and of its hooks only the sign of life counts.
 */
export const takeHook = defineOperation({
  id: 'agent.hook',
  title: 'Take in a hook call',
  summary: 'Takes in what a hook of the calling agent’s CLI tells, and hands over its messages if it can.',
  effect: 'write',
  permission: 'report',
  surfaces: [],
  input: z.object({
    sign: hookSign,
    text: z.string().max(20_000).nullable().default(null).describe('What it waits for, or said last'),
    // It is a word of a command line when the session is resumed: never one that could be an option.
    session: z
      .string()
      .max(200)
      .regex(/^\w[\w.:-]*$/)
      .nullable()
      .default(null)
      .describe("The provider's own session id"),
    takesMessages: z.boolean().default(false).describe('Whether the hook can put them into its context'),
  }),
  output: z.object({ messages: z.string().nullable() }),
  run(context, input) {
    const { caller, now } = context;
    if (caller.kind !== 'agent') return ok({ messages: null });
    const agent = mustFind(context.tables.agent, 'agent', caller.agentId);
    if (!isLive(agent.status)) return ok({ messages: null });
    const alive: Agent = {
      ...agent,
      attention: wasSilent(context, agent) ? null : agent.attention,
      lastSeenAt: now,
      providerSessionId: input.session ?? agent.providerSessionId,
    };
    const messages = mayTake(alive, input) ? takeMessages(context, agent.id, besideAnAnswer) : null;
    // Messages at the end of its turn keep it at work.
    const sign = input.sign === 'turnEnded' && messages !== null ? 'wentOn' : input.sign;
    const { status, attention } =
      agent.form === 'interactive' ? stateAfter(context, alive, sign, input.text) : alive;
    if (status === agent.status) context.tables.agent.update({ ...alive, attention, updatedAt: now });
    else moveAgent(context, alive, status, { attention });
    return ok({ messages });
  },
});

/** Whether it works or waits now, and what a person should know of that. */
function stateAfter(
  context: OperationContext,
  agent: Agent,
  sign: HookSign,
  text: string | null,
): Pick<Agent, 'status' | 'attention'> {
  switch (sign) {
    case 'session':
      return agent;
    case 'turnBegan':
    case 'wentOn':
      if (agent.status !== 'waiting_for_input') return { status: 'running', attention: agent.attention };
      // Another call of its may be waiting for an answer.
      return { status: isWaitingForAnswer(context, agent.id) ? agent.status : 'running', attention: null };
    case 'waits':
      // What was said of it before may say more.
      if (text === null && agent.status === 'waiting_for_input' && agent.attention !== null) return agent;
      return { status: 'waiting_for_input', attention: `It waits for you: ${text ?? 'a dialog is open.'}` };
    case 'turnEnded':
      return { status: 'waiting_for_input', attention: atPrompt(context, agent, text) };
  }
}

/** Who has handed its work in, or parked, stands at its prompt and needs nothing. */
function atPrompt(context: OperationContext, agent: Agent, said: string | null): string | null {
  if (agent.reported !== null || isParked(context, agent)) return null;
  return said === null || said.trim() === ''
    ? 'Its turn is over without a report; it waits for you.'
    : `Its turn is over without a report; it waits for you: ${clip(said.trim())}`;
}

const longest = 300;
const clip = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);

/** At the end of a turn messages would keep it at work: not one that has handed its work in. */
const mayTake = (agent: Agent, told: { readonly sign: HookSign; readonly takesMessages: boolean }): boolean =>
  told.takesMessages && (told.sign !== 'turnEnded' || agent.reported === null);
