import path from 'node:path';
import type nodeFs from 'node:fs';
import type { GatheredWrites } from './gatheredWrites.ts';

/** What the store needs of `node:fs`. Tests hand in one that records calls or fails on purpose. */
export type FileSystem = Pick<
  typeof nodeFs,
  | 'accessSync'
  | 'closeSync'
  | 'existsSync'
  | 'fdatasyncSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'openSync'
  | 'readSync'
  | 'statSync'
  | 'unlinkSync'
  | 'writeSync'
>;

/** SQLite's companions of a database file; `''` is the database itself. */
export const fileSuffixes = ['', '-journal', '-wal', '-shm'] as const;
export type FileSuffix = (typeof fileSuffixes)[number];

/** One opened file of a database. */
export interface OpenFile {
  readonly set: FileSet;
  readonly suffix: FileSuffix;
  readonly descriptor: number;
  position: number;
  /** True until its directory entry is known to be on the disk. */
  unlisted: boolean;
  /** Where the WAL's writes wait for its next sync. */
  readonly gathered: GatheredWrites | undefined;
}

/** The real files of one open database, and what went wrong or changed in them. */
export class FileSet {
  readonly path: string;
  readonly fs: FileSystem;
  /** Writes to the WAL may wait for its next sync; sound only where each commit ends in one. */
  readonly gathersWal: boolean;
  /** How often the database file itself was written: a copy is whole if this stood still meanwhile. */
  mainWrites = 0;
  #fault: Error | undefined;
  #lowestWalWrite = Infinity;
  #refusedFrom = Infinity;

  constructor(databasePath: string, fs: FileSystem, options: { gathersWal: boolean }) {
    this.path = databasePath;
    this.fs = fs;
    this.gathersWal = options.gathersWal;
  }

  /** Keeps the first error: later ones are its consequences. */
  noteFault(error: Error): void {
    this.#fault ??= error;
  }

  /** The first error of the operating system since it was last asked for. */
  takeFault(): Error | undefined {
    const fault = this.#fault;
    this.#fault = undefined;
    return fault;
  }

  noteWrite(suffix: FileSuffix, position: number): void {
    if (suffix === '') this.mainWrites++;
    if (suffix === '-wal') this.#lowestWalWrite = Math.min(this.#lowestWalWrite, position);
  }

  /** From here on `refuseWalWrites` knows what was appended. */
  markWal(): void {
    this.#lowestWalWrite = Infinity;
  }

  /**
   * What was appended to the WAL since the mark must never count. A commit that was refused because its fsync
   * failed may lie there complete, and SQLite would bring it back at the next recovery.
   */
  refuseWalWrites(): void {
    this.#refusedFrom = Math.min(this.#refusedFrom, this.#lowestWalWrite);
    this.markWal();
  }

  /** Cuts off what was refused; until that succeeds, the file must not be opened. */
  discardRefused(): void {
    if (this.#refusedFrom === Infinity) return;
    const wal = `${this.path}-wal`;
    // Gone when SQLite moved it into the main file as it closed, or when another program deleted it.
    if (this.fs.existsSync(wal)) this.#cut(wal, this.#refusedFrom);
    this.#refusedFrom = Infinity;
  }

  #cut(file: string, length: number): void {
    const descriptor = this.fs.openSync(file, 'r+');
    try {
      if (this.fs.fstatSync(descriptor).size <= length) return;
      this.fs.ftruncateSync(descriptor, length);
      this.fs.fsyncSync(descriptor);
    } finally {
      this.fs.closeSync(descriptor);
    }
  }

  /** Puts a WAL that another program deleted back in its place, from the descriptor that still has its contents. */
  restoreWal(descriptor: number): void {
    const restored = this.fs.openSync(`${this.path}-wal`, 'w', 0o600);
    try {
      const piece = Buffer.allocUnsafe(256 * 1024);
      let position = 0;
      for (;;) {
        const length = this.fs.readSync(descriptor, piece, 0, piece.length, position);
        if (length === 0) break;
        for (let written = 0; written < length;)
          written += this.fs.writeSync(restored, piece, written, length - written, position + written);
        position += length;
      }
      this.fs.fsyncSync(restored);
    } finally {
      this.fs.closeSync(restored);
    }
    this.syncFolder();
  }

  /** Makes created and deleted names durable. Windows has no such call and needs none. */
  syncFolder(): void {
    if (process.platform === 'win32') return;
    const descriptor = this.fs.openSync(path.dirname(this.path), 'r');
    try {
      this.fs.fsyncSync(descriptor);
    } catch (error) {
      if (!isUnsupported(error)) throw error;
    } finally {
      this.fs.closeSync(descriptor);
    }
  }
}

/** Some network file systems cannot sync a folder and say so; they order names themselves. */
function isUnsupported(error: unknown): boolean {
  return ['EINVAL', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '');
}
