import fs from 'node:fs';
import type { FileSystem } from '../../../src/store/sqlite/fileSet.ts';

export type FailingCall = 'readSync' | 'writeSync' | 'fdatasyncSync' | 'fsyncSync' | 'ftruncateSync';

const error = (call: FailingCall) =>
  Object.assign(new Error(`EIO: i/o error, ${call}`), { code: 'EIO', errno: -5, syscall: call });

/** `node:fs` on a disk that can be told to fail. */
export class FailingFiles {
  /** How often a call failed since it was told to. */
  failures = 0;
  readonly fs: FileSystem;
  readonly #names = new Map<number, string>();
  #fails: (call: FailingCall, file: string) => boolean = () => false;

  constructor() {
    this.fs = {
      ...fs,
      openSync: (file, flags, mode) => {
        const descriptor = fs.openSync(file, flags, mode);
        this.#names.set(descriptor, String(file));
        return descriptor;
      },
      readSync: this.#guarded('readSync', fs.readSync),
      writeSync: this.#guarded('writeSync', fs.writeSync),
      fdatasyncSync: this.#guarded('fdatasyncSync', fs.fdatasyncSync),
      fsyncSync: this.#guarded('fsyncSync', fs.fsyncSync),
      ftruncateSync: this.#guarded('ftruncateSync', fs.ftruncateSync),
    };
  }

  /** From now on these calls fail, on files whose name ends so. */
  fail(calls: readonly FailingCall[], suffix: string): void {
    this.failures = 0;
    this.#fails = (call, file) => calls.includes(call) && file.endsWith(suffix);
  }

  heal(): void {
    this.#fails = () => false;
  }

  #guarded<Call extends (descriptor: number, ...rest: never[]) => unknown>(
    name: FailingCall,
    call: Call,
  ): Call {
    const guarded = (descriptor: number, ...rest: never[]) => {
      if (!this.#fails(name, this.#names.get(descriptor) ?? '')) return call(descriptor, ...rest);
      this.failures += 1;
      throw error(name);
    };
    return guarded as Call;
  }
}
