import { setTimeout as sleep } from 'node:timers/promises';
import { refuse, type Result } from '../../base/result.ts';
import type { GatewayAddress } from '../gatewayFile.ts';
import { credentialsPath, surfaceHeader, type CredentialsCall } from '../wire.ts';
import { HostAway, HostFault } from './hostLink.ts';
import { postJson } from './postJson.ts';

type Reply = Result<Readonly<Record<string, string>>>;

const answerTimeoutMs = 30_000;
const retryMs = 250;

/** Fetches what hands the claimed launch's account to its process. `patienceMs`: how long to look for a host. */
export async function fetchCredentials(
  locate: () => GatewayAddress | undefined,
  call: CredentialsCall,
  patienceMs: number,
): Promise<Reply> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    try {
      const posted = await attempt(locate(), call);
      if (posted.status !== 429) return replyOf(posted.status, posted.body);
      if (Date.now() >= giveUpAt)
        return refuse('limit', 'Too many credentials were asked for.', 'Try again later.');
      await sleep(posted.retryAfterMs ?? retryMs);
    } catch (error) {
      if (!(error instanceof HostAway) || Date.now() >= giveUpAt) throw error;
      await sleep(retryMs);
    }
  }
}

async function attempt(address: GatewayAddress | undefined, call: CredentialsCall) {
  if (address === undefined) throw new HostAway('No host owns this workspace now.', { sent: false });
  const posted = await postJson(`${address.url}${credentialsPath}`, call, {
    headers: { authorization: `Bearer ${address.token}`, [surfaceHeader]: 'runner' },
    timeoutMs: answerTimeoutMs,
  });
  // The owner's token is new at each start.
  if (posted.status === 401 || posted.status === 503)
    throw new HostAway('The owner has just changed.', { sent: true });
  return posted;
}

function replyOf(status: number, body: string): Reply {
  if (status === 200) return JSON.parse(body) as Reply;
  throw new HostFault(`The host gave no credentials (HTTP ${status}).`, null);
}
