import { constants } from 'node:fs';
import type { FileSet, FileSuffix, OpenFile } from './fileSet.ts';
import { fileSuffixes } from './fileSet.ts';
import { GatheredWrites } from './gatheredWrites.ts';
import type { FileCallName } from './wasmMap.ts';
import type { WasmMemory } from './wasmMemory.ts';

/** Emscripten's own numbers, the same on every platform. */
const emscripten = {
  accessMode: 3,
  create: 0o100,
  exclusive: 0o200,
  truncate: 0o1000,
  getLock: 12,
  unlocked: 2,
};

/** Above Emscripten's own descriptors, which count up from 3. */
const firstDescriptor = 1 << 20;

type Call = (...args: never[]) => number | undefined;

/**
 * SQLite's file calls on real files. Each call returns `undefined` when the file is not one of ours (temporary
 * files stay in Emscripten's memory), and throws what `node:fs` throws.
 */
export class FileCalls implements Record<FileCallName, Call> {
  readonly #memory: () => WasmMemory;
  readonly #paths = new Map<string, { set: FileSet; suffix: FileSuffix }>();
  readonly #files = new Map<number, OpenFile>();
  #next = firstDescriptor;
  #latest: FileSet | undefined;
  #awaited: { set: FileSet; name: string | undefined } | undefined;

  constructor(memory: () => WasmMemory) {
    this.#memory = memory;
  }

  /** The files that the latest call was about. */
  get latest(): FileSet | undefined {
    return this.#latest;
  }

  /**
   * Runs `open`, in which sql.js opens one database under a random name of its own; the first name that it asks
   * for belongs to `set` from then on.
   */
  adopt<T>(set: FileSet, open: () => T): { opened: T; name: string } {
    const awaited: { set: FileSet; name: string | undefined } = { set, name: undefined };
    this.#awaited = awaited;
    try {
      const opened = open();
      if (awaited.name === undefined) throw new Error('sql.js opened a database without touching its file');
      return { opened, name: awaited.name };
    } catch (error) {
      if (awaited.name !== undefined) this.release(awaited.name);
      throw error;
    } finally {
      this.#awaited = undefined;
    }
  }

  /** Forgets the names of a closed database and closes what SQLite left open. */
  release(name: string): void {
    const set = this.#paths.get(name)?.set;
    for (const suffix of fileSuffixes) this.#paths.delete(name + suffix);
    for (const [descriptor, file] of this.#files) {
      if (file.set !== set) continue;
      this.#files.delete(descriptor);
      file.set.fs.closeSync(file.descriptor);
    }
  }

  openat(_folder: number, name: number, flags: number): number | undefined {
    const found = this.#named(name);
    if (found === undefined) return undefined;
    const { set, suffix } = found;
    // SQLite falls back to reading only where writing is denied; a store that cannot write must say so.
    if ((flags & emscripten.accessMode) === 0) throw denied(set.path + suffix);
    const real = set.path + suffix;
    const existed = set.fs.existsSync(real);
    const mode =
      constants.O_RDWR |
      (flags & emscripten.create ? constants.O_CREAT : 0) |
      (flags & emscripten.exclusive ? constants.O_EXCL : 0) |
      (flags & emscripten.truncate ? constants.O_TRUNC : 0);
    const descriptor = set.fs.openSync(real, mode, 0o600);
    const number = this.#next++;
    const gathered = set.gathersWal && suffix === '-wal' ? new GatheredWrites() : undefined;
    this.#files.set(number, { set, suffix, descriptor, position: 0, unlisted: !existed, gathered });
    return number;
  }

  fd_close(number: number): number | undefined {
    // Gathered writes are dropped: what was acknowledged was synced, and so written out, before.
    const file = this.#open(number);
    if (file === undefined) return undefined;
    this.#files.delete(number);
    file.set.fs.closeSync(file.descriptor);
    return 0;
  }

  fd_seek(number: number, offset: bigint | number, whence: number, result: number): number | undefined {
    const file = whence === 2 ? this.#settled(number) : this.#open(number);
    if (file === undefined) return undefined;
    const base =
      [0, file.position, whence === 2 ? file.set.fs.fstatSync(file.descriptor).size : 0][whence] ?? 0;
    file.position = base + Number(offset);
    this.#memory().view.setBigInt64(result, BigInt(file.position), true);
    return 0;
  }

  fd_read(number: number, list: number, count: number, result: number): number | undefined {
    const file = this.#settled(number);
    if (file === undefined) return undefined;
    let total = 0;
    for (const { start, length } of this.#memory().pieces(list, count)) {
      const read = file.set.fs.readSync(file.descriptor, this.#memory().bytes, start, length, file.position);
      file.position += read;
      total += read;
      if (read < length) break;
    }
    this.#memory().view.setUint32(result, total, true);
    return 0;
  }

  fd_write(number: number, list: number, count: number, result: number): number | undefined {
    const file = this.#open(number);
    if (file === undefined) return undefined;
    const { fs } = file.set;
    let total = 0;
    for (const { start, length } of this.#memory().pieces(list, count)) {
      file.set.noteWrite(file.suffix, file.position);
      if (file.gathered !== undefined) {
        gather(file, file.gathered, this.#memory().bytes.subarray(start, start + length));
        total += length;
        continue;
      }
      let written = 0;
      try {
        written = fs.writeSync(file.descriptor, this.#memory().bytes, start, length, file.position);
      } catch (error) {
        // What was written counts; SQLite writes the rest again and then meets the error itself.
        if (total === 0) throw error;
        break;
      }
      file.position += written;
      total += written;
      if (written < length) break;
    }
    this.#memory().view.setUint32(result, total, true);
    return 0;
  }

  fd_sync(number: number): number | undefined {
    const file = this.#settled(number);
    if (file === undefined) return undefined;
    const { fs } = file.set;
    // Never acknowledge into a file that another program deleted: it vanishes with our process.
    if (file.suffix === '-wal' && fs.fstatSync(file.descriptor).nlink === 0) {
      file.set.restoreWal(file.descriptor);
      throw deleted(`${file.set.path}-wal`);
    }
    fs.fdatasyncSync(file.descriptor);
    if (file.unlisted) {
      file.set.syncFolder();
      file.unlisted = false;
    }
    return 0;
  }

  ftruncate64(number: number, length: bigint | number): number | undefined {
    const file = this.#settled(number);
    if (file === undefined) return undefined;
    if (file.suffix === '') file.set.mainWrites++;
    file.set.fs.ftruncateSync(file.descriptor, Number(length));
    return 0;
  }

  fstat64(number: number, result: number): number | undefined {
    const file = this.#settled(number);
    if (file === undefined) return undefined;
    this.#memory().writeStats(result, file.set.fs.fstatSync(file.descriptor, { bigint: true }));
    return 0;
  }

  stat64(name: number, result: number): number | undefined {
    const found = this.#named(name);
    if (found === undefined) return undefined;
    this.#memory().writeStats(result, found.set.fs.statSync(found.set.path + found.suffix, { bigint: true }));
    return 0;
  }

  lstat64(name: number, result: number): number | undefined {
    return this.stat64(name, result);
  }

  newfstatat(_folder: number, name: number, result: number): number | undefined {
    return this.stat64(name, result);
  }

  faccessat(_folder: number, name: number, mode: number): number | undefined {
    const found = this.#named(name);
    if (found === undefined) return undefined;
    found.set.fs.accessSync(found.set.path + found.suffix, mode & 7);
    return 0;
  }

  unlinkat(_folder: number, name: number): number | undefined {
    const found = this.#named(name);
    if (found === undefined) return undefined;
    found.set.fs.unlinkSync(found.set.path + found.suffix);
    found.set.syncFolder();
    return 0;
  }

  /** Locks always succeed: being the one owner of the folder (ownership.ts) is what keeps others out. */
  fcntl64(number: number, command: number, argument: number): number | undefined {
    if (this.#open(number) === undefined) return undefined;
    if (command === emscripten.getLock) {
      const view = this.#memory().view;
      view.setInt16(view.getUint32(argument, true), emscripten.unlocked, true);
    }
    return 0;
  }

  fd_fdstat_get(number: number): number | undefined {
    return this.#open(number) && 0;
  }

  fchmod(number: number): number | undefined {
    return this.#open(number) && 0;
  }

  fchown32(number: number): number | undefined {
    return this.#open(number) && 0;
  }

  #open(number: number): OpenFile | undefined {
    const file = this.#files.get(number);
    this.#latest = file?.set;
    return file;
  }

  /** For calls that look at the file itself: it must hold what was written to it. */
  #settled(number: number): OpenFile | undefined {
    const file = this.#open(number);
    if (file?.gathered !== undefined) writeOut(file, file.gathered);
    return file;
  }

  #named(pointer: number): { set: FileSet; suffix: FileSuffix } | undefined {
    const text = this.#memory().text(pointer);
    const name = text.startsWith('/') ? text : `/${text}`;
    if (this.#awaited !== undefined && this.#awaited.name === undefined && name.startsWith('/dbfile_')) {
      this.#awaited.name = name;
      for (const suffix of fileSuffixes) this.#paths.set(name + suffix, { set: this.#awaited.set, suffix });
    }
    const found = this.#paths.get(name);
    this.#latest = found?.set;
    return found;
  }
}

function gather(file: OpenFile, gathered: GatheredWrites, bytes: Uint8Array): void {
  if (!gathered.take(bytes, file.position)) {
    writeOut(file, gathered);
    gathered.take(bytes, file.position);
  }
  file.position += bytes.length;
}

const writeOut = ({ set, descriptor }: OpenFile, gathered: GatheredWrites): void =>
  gathered.writeOut((bytes, offset, length, position) =>
    set.fs.writeSync(descriptor, bytes, offset, length, position),
  );

const denied = (file: string) =>
  Object.assign(new Error(`${file} cannot be opened for writing`), { code: 'EACCES', path: file });

const deleted = (file: string) =>
  Object.assign(new Error(`${file} was deleted by another program`), { code: 'EIO', path: file });
