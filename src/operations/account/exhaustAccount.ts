import { instantOf, millisecondsOf, type Instant } from '../../base/clock.ts';
import { isOwnLogin, type Account } from '../../domain/account/account.ts';
import type { Agent } from '../../domain/agent/agent.ts';
import type { Seen } from '../../domain/agent/observed.ts';
import { insertFresh } from '../insertFresh.ts';
import type { OperationContext } from '../operation.ts';
import { ownLogin } from './chooseAccount.ts';
import { nextOrder } from './accountOrder.ts';
import { untilText } from './accountTexts.ts';

type Failed = Extract<Seen, { kind: 'failed' }>;

const hour = 3_600_000;
/** A time that has passed when it is heard of would have the account tried again at once, for ever. */
const shortest = 60_000;

/**
 * Takes in that an agent's account cannot be used: exhausted until the time that the provider named (an hour where
 * it names none), or its login refused, which a person has to mend. Says what a person should know, or null where
 * the failure is not the account's.
 */
export function exhaustAccount(context: OperationContext, agent: Agent, failed: Failed): string | null {
  const { tables } = context;
  const own = agent.accountId === null ? undefined : tables.account.find(agent.accountId);
  if (failed.failure === 'auth') {
    if (own === undefined || isOwnLogin(own)) return `Log in again: ${failed.reason}`;
    mark(context, own, null, `Log in again: ${failed.reason}`);
    return `Log in again with the account ${own.label} of ${agent.provider}: ${failed.reason}`;
  }
  if (failed.failure !== 'quota') return null;
  const until = exhaustionEnd(context.now, failed.until);
  const assumed = failed.until === undefined ? ' (no time was named: tried again after an hour)' : '';
  const [login = null] = ownLogin(context, agent.provider);
  const account = own ?? login ?? insertOwnLogin(context, agent.provider);
  mark(context, account, later(account, until), `${failed.reason}${assumed}`);
  return `The account ${account.label} of ${agent.provider} is exhausted ${untilText(until)}${assumed}: ${failed.reason}`;
}

function exhaustionEnd(now: Instant, named: string | undefined): Instant {
  const at = millisecondsOf(now);
  return instantOf(named === undefined ? at + hour : Math.max(Date.parse(named), at + shortest));
}

/** Of two agents of one account each may have been told a time; one that a person has to mend stays so. */
function later({ isExhausted, exhaustedUntil }: Account, until: Instant): Instant | null {
  if (!isExhausted) return until;
  return exhaustedUntil === null || exhaustedUntil > until ? exhaustedUntil : until;
}

function mark(
  { tables, now }: OperationContext,
  account: Account,
  until: Instant | null,
  reason: string,
): void {
  tables.account.update({
    ...account,
    isExhausted: true,
    exhaustedUntil: until,
    exhaustedReason: reason,
    updatedAt: now,
  });
}

/** The user's own login becomes an account when it is first exhausted, so that everything waits for it alike. */
function insertOwnLogin(context: OperationContext, provider: string): Account {
  const { tables, now } = context;
  return insertFresh(context, tables.account, 'account', {
    provider,
    label: 'own login',
    kind: 'environment',
    variables: [],
    isExhausted: false,
    exhaustedUntil: null,
    exhaustedReason: null,
    lastUsedAt: now,
    sortOrder: nextOrder(context, provider),
    createdAt: now,
    updatedAt: now,
  });
}
