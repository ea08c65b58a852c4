import type { Agent } from '../../domain/agent/agent.ts';
import { chooseAmong, isOwnLogin, type Account, type AccountChoice } from '../../domain/account/account.ts';
import type { OperationContext } from '../operation.ts';

type Context = Pick<OperationContext, 'tables' | 'providers' | 'now'>;

/** Which account of a provider the next new agent uses. Only Sloop itself and the person reach accounts. */
export const accountFor = (
  { tables, now }: Pick<Context, 'tables' | 'now'>,
  provider: string,
): AccountChoice => chooseAmong(tables.account.all({ provider }), now);

/**
 * Which account the next start of this agent uses. A new session takes the next one. One that goes on stays with its
 * own account while that can be used; to another it moves only where the provider can, and never into or out of an
 * account's own folder: the session lies there.
 */
export function accountForStart(
  context: Context,
  agent: Pick<Agent, 'provider' | 'accountId'>,
  resume: boolean,
): AccountChoice {
  if (!resume) return accountFor(context, agent.provider);
  const { tables, providers, now } = context;
  const own = agent.accountId === null ? undefined : tables.account.find(agent.accountId);
  if (own?.kind === 'folder' || providers.accounts(agent.provider)?.resumesAcrossAccounts !== true)
    return chooseAmong(own === undefined ? ownLogin(context, agent.provider) : [own], now);
  const movable = tables.account.all({ provider: agent.provider, kind: 'environment' });
  const kept = own === undefined ? undefined : chooseAmong([own], now);
  return kept?.kind === 'account' ? kept : chooseAmong(movable, now);
}

/** The user's own login, where it stands among the accounts. */
export const ownLogin = ({ tables }: Pick<Context, 'tables'>, provider: string): readonly Account[] =>
  tables.account.all({ provider }).filter(isOwnLogin);
