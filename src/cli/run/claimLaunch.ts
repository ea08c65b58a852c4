import { setTimeout as sleep } from 'node:timers/promises';
import { expectOk } from '../../base/result.ts';
import { HostAway, type HostLink } from '../../gateway/client/hostLink.ts';
import { claimedLaunch, type ClaimedLaunch } from '../../operations/agent/claimLaunch.ts';

export interface ClaimParts {
  readonly link: HostLink;
  /** Whether this process has a terminal to give to an interactive agent. */
  readonly terminal: boolean;
  readonly process: { readonly pid: number; readonly pidStartedAt: string | null };
  /** How long the claim, and the report of the end, wait for a host. */
  readonly patienceMs: number;
}

const retryMs = 250;

/** Claims the launch of an agent. The same process may claim again, so a lost answer does no harm. */
export async function claimLaunch(name: string, parts: ClaimParts): Promise<ClaimedLaunch> {
  const { link, process, terminal, patienceMs } = parts;
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    try {
      const claimed = await link.execute('launch.claim', { agent: name, terminal, ...process });
      return claimedLaunch.parse(expectOk(claimed));
    } catch (error) {
      if (!(error instanceof HostAway) || Date.now() >= giveUpAt) throw error;
      await sleep(retryMs);
    }
  }
}
