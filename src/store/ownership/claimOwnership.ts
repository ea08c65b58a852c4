import { setTimeout as sleep } from 'node:timers/promises';
import { ok, refuse, type Result } from '../../base/result.ts';
import { highestOwner, markReleased, takeNumber } from './ownerFiles.ts';
import { fateOf, ownRecord, type OwnerRecord } from './ownerRecord.ts';
import { clearOldSockets, connectToOwner, listenAsOwner } from './ownerSocket.ts';

/** This process owns the folder until it releases it or ends. */
export interface Ownership {
  readonly kind: 'owner';
  /** How the owner before ended: not at all (there was none), by letting go, or by dying with the folder. */
  readonly predecessor: 'none' | 'released' | 'died';
  release(): Promise<void>;
}

/** Another process owns the folder. */
export interface Owned {
  readonly kind: 'client';
  readonly pid: number;
  /** Resolves when the owner has ended or let go; contend again then. */
  readonly gone: Promise<void>;
  dispose(): void;
}

/** An owner that is just starting listens before its file is there; one that is ending may be between the two. */
const patienceMs = 2000;
const pauseMs = 50;

/**
 * Becomes the one owner of a store's folder, or learns who is. SQLite's own locks do not work under sql.js, and two
 * writers would lose each other's rows while `integrity_check` says ok.
 *
 * Nothing here looks at file times: they prove nothing when a laptop has slept.
 */
export async function claimOwnership(dir: string): Promise<Result<Ownership | Owned>> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const highest = highestOwner(dir);
    const record = highest?.record;
    if (highest !== undefined && record === undefined) return refuseUnreadable(dir, highest.number);
    if (highest === undefined || record === undefined || record.released) {
      const predecessor = highest === undefined ? 'none' : 'released';
      const ownership = await tryToTake(dir, (highest?.number ?? 0) + 1, predecessor);
      if (ownership !== null) return ok(ownership);
      continue;
    }
    const connection = await connectToOwner(record.address);
    if (connection !== null) return ok({ kind: 'client', pid: record.pid, ...connection });
    const fate = fateOf(record);
    if (fate === 'dead') {
      const ownership = await tryToTake(dir, highest.number + 1, 'died');
      if (ownership !== null) return ok(ownership);
      continue;
    }
    if (fate === 'elsewhere') return refuseElsewhere(dir, record);
    if (Date.now() < until) {
      await sleep(pauseMs);
      continue;
    }
    if (record.pid !== process.pid) return refuseSilent(dir, highest.number, record);
    // This very process lives, so it was a thread of it that owned the folder; its socket went with it.
    const ownership = await tryToTake(dir, highest.number + 1, 'died');
    if (ownership !== null) return ok(ownership);
  }
}

/** The live owner of a folder without contending for it, or null where none answers. */
export async function presentOwner(dir: string): Promise<Owned | null> {
  const record = highestOwner(dir)?.record;
  if (record === undefined || record.released) return null;
  const connection = await connectToOwner(record.address);
  return connection === null ? null : { kind: 'client', pid: record.pid, ...connection };
}

async function tryToTake(
  dir: string,
  number: number,
  predecessor: Ownership['predecessor'],
): Promise<Ownership | null> {
  const socket = await listenAsOwner(dir);
  const record = ownRecord(socket.address);
  if (takeNumber(dir, number, record)) {
    clearOldSockets(dir, socket.address);
    return {
      kind: 'owner',
      predecessor,
      async release() {
        // The file first: whoever then sees the connection end finds it released.
        markReleased(dir, number, record);
        await socket.close();
      },
    };
  }
  await socket.close();
  return null;
}

/** Owner files are put in place whole, so this one was changed by somebody, and its owner may live. */
const refuseUnreadable = (dir: string, number: number): Result<never> =>
  refuse(
    'unavailable',
    `owner.${number} in ${dir} cannot be read, so it is not known whether another process owns the folder.`,
    `Make sure that no Sloop runs for it, then delete owner.${number}.`,
  );

const refuseElsewhere = (dir: string, { pid, host }: OwnerRecord): Result<never> =>
  refuse(
    'unavailable',
    `${dir} is owned by process ${pid} on ${host}, or in another container, and whether that lives cannot be seen from here.`,
    `End Sloop there. If it is gone for good, delete the owner files in ${dir}.`,
  );

const refuseSilent = (dir: string, number: number, { pid }: OwnerRecord): Result<never> =>
  refuse(
    'unavailable',
    `Process ${pid} owns ${dir} and lives, but cannot be reached.`,
    `End that process. If it is not Sloop, delete owner.${number} in ${dir}.`,
  );
