import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';
import { z } from 'zod';

const ownerRecord = z.object({
  pid: z.number().int(),
  /** Start time of the process as the system tells it; a pid alone may be given again. Null where it does not tell. */
  startedAt: z.string().nullable(),
  host: z.string(),
  bootId: z.string(),
  pidNamespace: z.string(),
  /** Socket or pipe that the owner listens on. */
  address: z.string(),
  released: z.boolean(),
});

/** What an owner says of itself in its file. */
export type OwnerRecord = z.infer<typeof ownerRecord>;

export function parseOwnerRecord(text: string): OwnerRecord | undefined {
  try {
    return ownerRecord.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export const ownRecord = (address: string): OwnerRecord => ({
  pid: process.pid,
  startedAt: startOf(process.pid),
  host: os.hostname(),
  bootId: bootId(),
  pidNamespace: pidNamespace(),
  address,
  released: false,
});

/**
 * What can be known of the process behind a record. `elsewhere`: another machine or pid namespace, where a pid
 * that is not found here proves nothing.
 */
export function fateOf(record: OwnerRecord): 'alive' | 'dead' | 'elsewhere' {
  if (record.host !== os.hostname()) return 'elsewhere';
  // After a restart of the machine no process of before is left, whatever its number.
  if (record.bootId !== bootId()) return 'dead';
  if (record.pidNamespace !== pidNamespace()) return 'elsewhere';
  if (!isProcess(record.pid)) return 'dead';
  const startedAt = startOf(record.pid);
  return record.startedAt === null || startedAt === null || startedAt === record.startedAt ? 'alive' : 'dead';
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat: clock ticks since boot. The name in field 2 may hold spaces and brackets. */
function startOf(pid: number): string | null {
  const text = readOr(`/proc/${pid}/stat`, '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

const bootId = (): string => readOr('/proc/sys/kernel/random/boot_id', '').trim();

const pidNamespace = (): string => (existsSync('/proc/self/ns/pid') ? readlinkSync('/proc/self/ns/pid') : '');

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return otherwise;
    throw error;
  }
}
