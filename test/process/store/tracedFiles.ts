import fs from 'node:fs';
import path from 'node:path';
import type { FileSystem } from '../../../src/store/sqlite/fileSet.ts';

/** What reached the operating system, in order; `file` is the name in its folder. */
export type FileEvent =
  | { readonly kind: 'create' | 'unlink' | 'sync'; readonly file: string }
  | { readonly kind: 'syncFolder' }
  | { readonly kind: 'write'; readonly file: string; readonly position: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly length: number };

/** `node:fs`, telling `record` what each call that succeeded changed or made durable. */
export function tracedFiles(record: (event: FileEvent) => void): FileSystem {
  const opened = new Map<number, string>();
  const isFolder = new Set<number>();
  const name = (descriptor: number) => opened.get(descriptor) ?? '';
  const synced = (descriptor: number) =>
    record(isFolder.has(descriptor) ? { kind: 'syncFolder' } : { kind: 'sync', file: name(descriptor) });
  return {
    ...fs,
    openSync(file, flags, mode) {
      const existed = fs.existsSync(file);
      const descriptor = fs.openSync(file, flags, mode);
      const stats = fs.fstatSync(descriptor);
      isFolder.delete(descriptor);
      if (stats.isDirectory()) isFolder.add(descriptor);
      opened.set(descriptor, path.basename(String(file)));
      if (!existed) record({ kind: 'create', file: name(descriptor) });
      return descriptor;
    },
    writeSync: ((descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number) => {
      const written = fs.writeSync(descriptor, bytes, offset, length, position);
      const copy = Buffer.from(bytes.subarray(offset, offset + written));
      record({ kind: 'write', file: name(descriptor), position, bytes: copy });
      return written;
    }) as typeof fs.writeSync,
    ftruncateSync(descriptor, length) {
      fs.ftruncateSync(descriptor, length);
      record({ kind: 'truncate', file: name(descriptor), length: length ?? 0 });
    },
    unlinkSync(file) {
      fs.unlinkSync(file);
      record({ kind: 'unlink', file: path.basename(String(file)) });
    },
    fdatasyncSync(descriptor) {
      fs.fdatasyncSync(descriptor);
      synced(descriptor);
    },
    fsyncSync(descriptor) {
      fs.fsyncSync(descriptor);
      synced(descriptor);
    },
  };
}
