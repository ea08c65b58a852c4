import type { Logger } from '../base/logger.ts';
import { refusalText } from '../base/result.ts';
import type { Client } from '../operations/client.ts';
import { drainSpool, listSpools, spoolFile } from './agentSpool.ts';

export interface SpooledSession {
  readonly agent: string;
  readonly sessionNumber: number;
}

/** What runners that are gone could not deliver, as the engine takes it in. */
export interface Spool {
  /** Sessions of agents that left something. */
  waiting(): Promise<readonly SpooledSession[]>;
  /** Takes one session's calls in, in order; nothing happens where there are none. A fault keeps them for later. */
  drain(session: SpooledSession): Promise<void>;
}

export const createSpool = (storeDir: string, client: Client, logger: Logger): Spool => ({
  waiting: () => listSpools(storeDir),
  async drain({ agent, sessionNumber }) {
    const count = await drainSpool(
      spoolFile(storeDir, agent, sessionNumber),
      async (operation, input) => {
        const result = await client.executeNamed(operation, input);
        // Anything else that is refused was answered: its agent was deleted, say.
        if (!result.ok && result.refusal.code === 'unavailable') throw new Error(refusalText(result.refusal));
        return result;
      },
      ({ operation }, result) =>
        logger.log('warn', 'a spooled call was refused', {
          operation,
          agent,
          why: result.ok ? undefined : refusalText(result.refusal),
        }),
    );
    if (count > 0) logger.log('info', 'took in what a runner left', { agent, sessionNumber, count });
  },
});
