import type { BigIntStats } from 'node:fs';
import type { WasmBuffer } from './webAssembly.ts';

/** Typed views of the WASM memory, made anew whenever the memory has grown and its buffer was replaced. */
export class WasmMemory {
  readonly #memory: WasmBuffer;
  #bytes: Uint8Array;
  #view: DataView;

  constructor(memory: WasmBuffer) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#view = new DataView(memory.buffer);
  }

  get bytes(): Uint8Array {
    this.#refresh();
    return this.#bytes;
  }

  get view(): DataView {
    this.#refresh();
    return this.#view;
  }

  /** The zero-terminated UTF-8 text at `pointer`. */
  text(pointer: number): string {
    const bytes = this.bytes;
    return Buffer.from(bytes.buffer, pointer, bytes.indexOf(0, pointer) - pointer).toString('utf8');
  }

  /** The `iovec` list of a read or write: where each piece starts and how long it is. */
  pieces(list: number, count: number): { start: number; length: number }[] {
    const view = this.view;
    return Array.from({ length: count }, (_, index) => ({
      start: view.getUint32(list + 8 * index, true),
      length: view.getUint32(list + 8 * index + 4, true),
    }));
  }

  /** Fills Emscripten's `struct stat`. */
  writeStats(at: number, stats: BigIntStats): void {
    const view = this.view;
    // One device number for all: SQLite tells files apart by device and inode.
    view.setUint32(at, 77, true);
    view.setUint32(at + 4, Number(stats.mode), true);
    view.setUint32(at + 8, Number(stats.nlink), true);
    view.setUint32(at + 12, 0, true);
    view.setUint32(at + 16, 0, true);
    view.setUint32(at + 20, 0, true);
    view.setBigInt64(at + 24, stats.size, true);
    view.setInt32(at + 32, 4096, true);
    view.setInt32(at + 36, Number(BigInt.asIntN(32, stats.size >> 9n)), true);
    for (const time of [40, 56, 72]) {
      view.setBigInt64(at + time, stats.mtimeMs / 1000n, true);
      view.setUint32(at + time + 8, 0, true);
    }
    view.setBigUint64(at + 88, BigInt.asUintN(64, stats.ino), true);
  }

  #refresh(): void {
    if (this.#memory.buffer === this.#bytes.buffer) return;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#view = new DataView(this.#memory.buffer);
  }
}
