import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Logger } from '../base/logger.ts';
import { refusalText } from '../base/result.ts';
import type { Client } from '../operations/client.ts';

/** What `sloop run` could not deliver while no host was there, one file for each session of an agent. */
export interface Spool {
  /** Sessions of agents that left something. */
  waiting(): Promise<readonly SpooledSession[]>;
  /**
   * Takes one session's calls in, in order, and removes the file; nothing happens where there is none. A fault
   * keeps the file for the next time.
   */
  drain(session: SpooledSession): Promise<void>;
}

export interface SpooledSession {
  readonly agent: string;
  readonly sessionNumber: number;
}

/** One undelivered call: a line of the file. */
export const spooledCall = z.object({ operation: z.string(), input: z.unknown() });
export type SpooledCall = z.infer<typeof spooledCall>;

export const spoolFile = (folder: string, agent: string, sessionNumber: number): string =>
  path.join(folder, `${agent}-${sessionNumber}.jsonl`);

export function createSpool(folder: string, client: Client, logger: Logger): Spool {
  async function deliver(line: string): Promise<void> {
    const call = readCall(line);
    if (call === undefined) {
      logger.log('warn', 'a spooled line is not readable', { length: line.length });
      return;
    }
    const result = await client.executeNamed(call.operation, call.input);
    if (result.ok) return;
    // The file stays for the next try. Any other refusal is the answer: its agent was deleted, say.
    if (result.refusal.code === 'unavailable') throw new Error(refusalText(result.refusal));
    logger.log('warn', 'a spooled call was refused', {
      operation: call.operation,
      why: refusalText(result.refusal),
    });
  }

  return {
    async waiting() {
      const names = await orNothing(readdir(folder), []);
      return names.flatMap((name) => {
        const found = /^([0-9a-z]+)-([0-9]+)\.jsonl$/.exec(name);
        return found?.[1] === undefined ? [] : [{ agent: found[1], sessionNumber: Number(found[2]) }];
      });
    },
    async drain({ agent, sessionNumber }) {
      const file = spoolFile(folder, agent, sessionNumber);
      const text = await orNothing(readFile(file, 'utf8'), '');
      // Every call may come twice: observations are numbered, an end is recorded once.
      for (const line of text.split('\n')) if (line !== '') await deliver(line);
      await rm(file, { force: true });
    },
  };
}

/** The last line of a writer that was killed may be half a line. */
function readCall(line: string): SpooledCall | undefined {
  try {
    return spooledCall.safeParse(JSON.parse(line)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function orNothing<T>(wanted: Promise<T>, nothing: T): Promise<T> {
  try {
    return await wanted;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing;
    throw error;
  }
}
