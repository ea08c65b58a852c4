import { parseArgs } from 'node:util';
import { UsageError } from '../exitCodes.ts';

export interface ServeOptions {
  readonly workspace: string | undefined;
  readonly store: string | undefined;
  /** Wait for the present owner to end instead of refusing. */
  readonly wait: boolean;
  readonly json: boolean;
}

export function readServeOptions(words: readonly string[]): ServeOptions {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        workspace: { type: 'string' },
        store: { type: 'string' },
        wait: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
    const { workspace, store, wait = false, json = false } = values;
    return { workspace, store, wait, json };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), 'See: sloop serve --help');
  }
}
