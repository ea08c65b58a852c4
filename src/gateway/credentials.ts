import { z } from 'zod';
import { refuse, type Result } from '../base/result.ts';
import { isLive } from '../domain/agent/agent.ts';
import type { Account } from '../domain/account/account.ts';
import { agentId } from '../domain/ids.ts';
import type { UnitOfWork } from '../domain/store.ts';
import type { Identity } from './authenticate.ts';
import type { Rate } from './rateLimit.ts';

/** Looks up what hands an account to a process. */
export type CredentialSource = (account: Account) => Promise<Result<Readonly<Record<string, string>>>>;

/** All that is asked for together: so many agents start at once, and no more in the long run. */
export const credentialsRate: Rate = { burst: 100, perSecond: 5 };

const credentialsCall = z.strictObject({
  agent: agentId,
  sessionNumber: z.number().int().positive(),
  pid: z.number().int().positive(),
  pidStartedAt: z.string().nullable(),
});

export interface CredentialsParts {
  readonly store: UnitOfWork;
  readonly source: CredentialSource;
}

/**
 * Answers the one process that claimed a launch, while its agent lives, with the variables of its account. No
 * operation, so that nothing of it stands in a trail or a log; and never an agent's to ask.
 */
export async function answerCredentials(
  { store, source }: CredentialsParts,
  { caller }: Identity,
  body: string,
): Promise<Result<Readonly<Record<string, string>>>> {
  if (caller.kind !== 'system')
    return refuse(
      'forbidden',
      'Credentials are for the runner of an agent alone.',
      'Leave them to sloop run.',
    );
  const call = credentialsCall.safeParse(parsed(body));
  if (!call.success)
    return refuse(
      'invalid',
      'That is no question for credentials.',
      'Check that host and sloop are of one version.',
    );
  const account = store.read({ kind: 'all' }, (tables) => {
    const agent = tables.agent.find(call.data.agent);
    const { sessionNumber, pid, pidStartedAt } = call.data;
    const isRunner =
      agent !== undefined &&
      isLive(agent.status) &&
      agent.sessionNumber === sessionNumber &&
      agent.pid === pid &&
      agent.pidStartedAt === pidStartedAt;
    const [launch] = isRunner ? tables.launch.all({ agentId: agent.id, sessionNumber }) : [];
    if (agent === undefined || launch?.state !== 'claimed' || agent.accountId === null) return undefined;
    return tables.account.find(agent.accountId);
  });
  if (account === undefined)
    return refuse('forbidden', 'This process runs no agent that has an account.', 'Claim the launch first.');
  return source(account);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
