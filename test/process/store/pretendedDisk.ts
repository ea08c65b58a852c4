import type { FileEvent } from './tracedFiles.ts';

/** Disks write sectors whole; nothing larger is. */
const sectorBytes = 512;

/** What a power loss does with what was not synced. */
export type Loss = 'everything' | 'whole calls' | 'single sectors';

type Change = Extract<FileEvent, { kind: 'write' | 'truncate' }>;

interface Inode {
  durable: Buffer;
  pending: Change[];
}

/** A name given or taken, not yet known to be on the disk. */
interface NameChange {
  readonly file: string;
  readonly inode: Inode | undefined;
}

/**
 * A disk that may lose, tear and reorder whatever was not synced, names included: a file's name is durable only
 * when its folder was synced.
 */
export class PretendedDisk {
  readonly #current = new Map<string, Inode>();
  readonly #durableNames = new Map<string, Inode>();
  #pendingNames: NameChange[] = [];

  apply(event: FileEvent): void {
    switch (event.kind) {
      case 'create':
        return this.#rename(event.file, { durable: Buffer.alloc(0), pending: [] });
      case 'unlink':
        return this.#rename(event.file, undefined);
      case 'syncFolder':
        for (const { file, inode } of this.#pendingNames) setName(this.#durableNames, file, inode);
        this.#pendingNames = [];
        return;
      case 'sync': {
        const inode = this.#inode(event.file);
        inode.durable = inode.pending.reduce(changed, inode.durable);
        inode.pending = [];
        return;
      }
      case 'write':
      case 'truncate':
        this.#inode(event.file).pending.push(event);
    }
  }

  /** What the disk may hold after a power loss now, by file name. `random` gives numbers from 0 to below 1. */
  afterPowerLoss(loss: Loss, random: () => number): Map<string, Buffer> {
    const names = new Map(this.#durableNames);
    for (const { file, inode } of this.#pendingNames)
      if (loss !== 'everything' && random() < 0.5) setName(names, file, inode);
    return new Map([...names].map(([file, inode]) => [file, survivingBytes(inode, loss, random)]));
  }

  #rename(file: string, inode: Inode | undefined): void {
    setName(this.#current, file, inode);
    this.#pendingNames.push({ file, inode });
  }

  #inode(file: string): Inode {
    const inode = this.#current.get(file);
    if (inode === undefined) throw new Error(`The trace changes ${file} before it makes it.`);
    return inode;
  }
}

function setName(names: Map<string, Inode>, file: string, inode: Inode | undefined): void {
  if (inode === undefined) names.delete(file);
  else names.set(file, inode);
}

function survivingBytes({ durable, pending }: Inode, loss: Loss, random: () => number): Buffer {
  switch (loss) {
    case 'everything':
      return durable;
    case 'whole calls':
      return pending.filter(() => random() < 0.5).reduce(changed, durable);
    case 'single sectors':
      return pending
        .flatMap(sectors)
        .filter(() => random() < 0.5)
        .reduce(changed, durable);
  }
}

/** A write as the sectors that the disk makes of it. */
function sectors(change: Change): Change[] {
  if (change.kind === 'truncate') return [change];
  const { bytes, position } = change;
  const pieces: Change[] = [];
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, from + sectorBytes - ((position + from) % sectorBytes));
    pieces.push({ ...change, position: position + from, bytes: bytes.subarray(from, to) });
    from = to;
  }
  return pieces;
}

function changed(before: Buffer, change: Change): Buffer {
  if (change.kind === 'truncate') return resized(before, change.length);
  const after = resized(before, Math.max(before.length, change.position + change.bytes.length));
  change.bytes.copy(after, change.position);
  return after;
}

function resized(bytes: Buffer, length: number): Buffer {
  const made = Buffer.alloc(length);
  bytes.copy(made, 0, 0, length);
  return made;
}
