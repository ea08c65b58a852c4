/** The file system calls of the WASM build that `fileCalls.ts` takes over. */
export const fileCallNames = [
  'faccessat',
  'fchmod',
  'fchown32',
  'fcntl64',
  'fd_close',
  'fd_fdstat_get',
  'fd_read',
  'fd_seek',
  'fd_sync',
  'fd_write',
  'fstat64',
  'ftruncate64',
  'lstat64',
  'newfstatat',
  'openat',
  'stat64',
  'unlinkat',
] as const;

export type FileCallName = (typeof fileCallNames)[number];

/** Under which minified names one build of `sql-wasm.wasm` imports its file calls and exports its memory. */
export interface WasmMap {
  readonly module: string;
  readonly memory: string;
  readonly calls: Readonly<Record<FileCallName, string>>;
}

/**
 * Known builds by the SHA-256 of the file. Emscripten's names are minified and change from build to build:
 * a build that is not listed here is refused, never guessed. `node scripts/deriveWasmMap.mjs` prints the
 * entry of a new version; the tests in test/process/store must pass with it before it is added.
 */
export const wasmMaps: Readonly<Record<string, WasmMap>> = {
  // sql.js 1.16.0 (SQLite 3.54.1)
  '43bbcdd44287e5a2db3b6b5af34b1a3485a7a441285d247976c1ebe3c61f8dbf': {
    module: 'a',
    memory: 'O',
    calls: {
      faccessat: 'D',
      fchmod: 'j',
      fchown32: 'h',
      fcntl64: 'b',
      fd_close: 'e',
      fd_fdstat_get: 'm',
      fd_read: 't',
      fd_seek: 'E',
      fd_sync: 'K',
      fd_write: 'q',
      fstat64: 'g',
      ftruncate64: 'J',
      lstat64: 'M',
      newfstatat: 'L',
      openat: 'x',
      stat64: 'N',
      unlinkat: 'o',
    },
  },
};

/** WASI's numbers for the errors that SQLite tells apart; anything else is an I/O error to it. */
const wasiErrors: Readonly<Record<string, number>> = {
  EACCES: 2,
  EAGAIN: 6,
  EBADF: 8,
  EBUSY: 10,
  EDQUOT: 19,
  EEXIST: 20,
  EFBIG: 22,
  EINVAL: 28,
  EIO: 29,
  EISDIR: 31,
  EMFILE: 33,
  ENOENT: 44,
  ENOSPC: 51,
  EPERM: 63,
  EROFS: 69,
};

export const wasiErrorOf = (code: string | undefined): number => wasiErrors[code ?? 'EIO'] ?? 29;
