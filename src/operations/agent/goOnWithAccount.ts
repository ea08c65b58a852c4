import { instantOf, millisecondsOf } from '../../base/clock.ts';
import type { AccountChoice } from '../../domain/account/account.ts';
import type { Agent } from '../../domain/agent/agent.ts';
import type { FailureKind } from '../../domain/agent/observed.ts';
import { accountFor, accountForStart } from '../account/chooseAccount.ts';
import { isParked } from '../message/parkedQuestions.ts';
import type { OperationContext } from '../operation.ts';
import { restartAgent } from './restartAgent.ts';

/**
 * Lets an agent go on whose account gave out: its very session where the provider can, else anew, with the next
 * account, or as soon as one can be used again. It never was at fault, so this is no attempt of it, nor of its stage:
 * it keeps what it holds. Bounded: within an hour it starts as often as there are accounts, and once more.
 * @returns the agent as it starts again, or null where its end is an end like any other.
 */
export function goOnWithAccount(
  context: OperationContext,
  agent: Agent,
  failure: FailureKind | null,
): Agent | null {
  if (failure !== 'quota' && failure !== 'auth') return null;
  if (agent.form !== 'streamed' || agent.reported !== null || agent.stopRequestedBy !== null) return null;
  if (isParked(context, agent) || isTooOften(context, agent)) return null;
  const resumed = agent.providerSessionId === null ? null : accountForStart(context, agent, true);
  const anew = accountFor(context, agent.provider);
  const isLogin = failure === 'auth';
  if (isLogin && (agent.accountId === null || ![resumed, anew].some(isAvailable))) return null;
  if (isAvailable(resumed)) return goOn(context, agent);
  if (isAvailable(anew)) return startOver(context, agent);
  if (isExpected(resumed)) return goOn(context, agent);
  return isExpected(anew) ? startOver(context, agent) : null;
}

const isAvailable = (choice: AccountChoice | null): boolean => choice?.kind === 'account';
const isExpected = (choice: AccountChoice | null): boolean =>
  choice?.kind === 'exhausted' && choice.until !== null;

const hour = 3_600_000;

function isTooOften({ tables, now }: OperationContext, { id, provider }: Agent): boolean {
  const since = instantOf(millisecondsOf(now) - hour);
  const starts = tables.launch.all({ agentId: id }).filter(({ claimedAt }) => (claimedAt ?? '') > since);
  return starts.length > Math.max(1, tables.account.count({ provider }));
}

const goOn = (context: OperationContext, agent: Agent): Agent =>
  restartAgent(context, agent, {
    prompt:
      'Your account had given out; you go on now. Look with `context` and at the files where the work stands, ' +
      'then finish your task and report as you were told.',
    window: null,
    attempt: agent.attempt,
  });

const startOver = (context: OperationContext, agent: Agent): Agent =>
  restartAgent(
    context,
    { ...agent, providerSessionId: null },
    {
      prompt:
        'The account of the session before this one gave out, and that session cannot be gone on with. What it ' +
        'changed is in the working folder: look there and with `context` where the work stands before you begin.',
      window: null,
      attempt: agent.attempt,
    },
  );
