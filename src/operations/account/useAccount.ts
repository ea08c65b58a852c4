import { refuseNow } from '../../base/result.ts';
import type { Agent, Launch } from '../../domain/agent/agent.ts';
import type { AccountId } from '../../domain/ids.ts';
import type { OperationContext } from '../operation.ts';
import { allExhausted } from './accountTexts.ts';
import { accountForStart } from './chooseAccount.ts';

/** Gives a start its account and takes note of the use; null: the user's own login. */
export function useAccount(
  context: OperationContext,
  agent: Pick<Agent, 'provider' | 'accountId'>,
  { resume }: Pick<Launch, 'resume'>,
): AccountId | null {
  const choice = accountForStart(context, agent, resume);
  switch (choice.kind) {
    case 'none':
      return null;
    case 'exhausted':
      return refuseNow(
        'unavailable',
        allExhausted(agent.provider, choice.until),
        'It starts by itself when one can be used again; or add one: sloop account add.',
      );
    case 'account': {
      const { tables, now } = context;
      tables.account.update({ ...choice.account, lastUsedAt: now, updatedAt: now });
      return choice.account.id;
    }
  }
}
