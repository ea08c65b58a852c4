import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../base/result.ts';

/** What `sloop run` could not tell the host: an operation with its input. Doing one twice does no harm. */
export interface Undelivered {
  readonly operation: 'agent.observe' | 'agent.exited';
  readonly input: unknown;
}

/** One agent's spool: what one of its processes left behind. */
export interface Spool {
  readonly file: string;
  readonly agent: string;
  readonly sessionNumber: number;
}

const folderOf = (storeDir: string): string => path.join(storeDir, 'spool');

export const spoolFile = (storeDir: string, agent: string, sessionNumber: number): string =>
  path.join(folderOf(storeDir), `${agent}-${sessionNumber}.jsonl`);

/** The spools of a store. While an agent's `sloop run` lives its spool is its own to deliver. */
export async function listSpools(storeDir: string): Promise<readonly Spool[]> {
  const names = await readdir(folderOf(storeDir)).catch(absent<string[]>([]));
  return names.sort().flatMap((name) => {
    const match = /^([0-9a-z]+)-(\d+)\.jsonl$/.exec(name);
    return match?.[1] === undefined
      ? []
      : [{ file: path.join(folderOf(storeDir), name), agent: match[1], sessionNumber: Number(match[2]) }];
  });
}

/** Adds to a spool; it is on disk when this resolves. */
export async function appendToSpool(file: string, items: readonly Undelivered[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.write(items.map((item) => `${JSON.stringify(item)}\n`).join(''));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What stands in a spool. A last line that its writer's death cut short was never acknowledged and is left out. */
export async function readSpool(file: string): Promise<readonly Undelivered[]> {
  const text = await readFile(file, 'utf8').catch(absent(''));
  const whole = text.split('\n').slice(0, -1);
  return whole.map((line) => JSON.parse(line) as Undelivered);
}

export const removeSpool = (file: string): Promise<void> => rm(file, { force: true });

/**
 * Delivers a spool in order and removes it. What is refused (its agent was deleted) is handed to `onRefused` and
 * left behind; a throw keeps the spool for the next time.
 */
export async function drainSpool(
  file: string,
  execute: (operation: Undelivered['operation'], input: unknown) => Promise<Result<unknown>>,
  onRefused: (item: Undelivered, result: Result<unknown>) => void,
): Promise<number> {
  const items = await readSpool(file);
  for (const item of items) {
    const result = await execute(item.operation, item.input);
    if (!result.ok) onRefused(item, result);
  }
  await removeSpool(file);
  return items.length;
}

const absent =
  <T>(otherwise: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return otherwise;
    throw error;
  };
