import path from 'node:path';
import { Refused } from '../base/result.ts';

/**
 * The disk did not take a change or give a file: nothing of it was kept. It is refused as `unavailable`, with
 * what the person can do; the store goes on by itself once it can.
 */
export class StorageFault extends Refused {
  /** The operating system's code (`ENOSPC`, `EIO`, …), where it gave one. */
  readonly code: string | undefined;

  constructor(databasePath: string, cause: unknown) {
    const code = (cause as NodeJS.ErrnoException | undefined)?.code;
    const { message, next } = explain(databasePath, code, cause);
    super({ code: 'unavailable', message, next });
    this.name = 'StorageFault';
    this.code = code;
    this.cause = cause;
  }
}

function explain(
  databasePath: string,
  code: string | undefined,
  cause: unknown,
): { message: string; next: string } {
  const folder = path.dirname(databasePath);
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        message: `The disk is full: the change was not saved to ${databasePath}.`,
        next: `Free some space on the disk that holds ${folder} and try again; everything saved before is safe.`,
      };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return {
        message: `${databasePath} cannot be written (${code}).`,
        next: `Make ${folder} writable for you, or choose another folder for Sloop's data.`,
      };
    default:
      return {
        message: `${databasePath} could not be read or written: ${textOf(cause)}. The change was not saved.`,
        next: `Check the disk that holds ${folder} and that no other program changes its files, then try again.`,
      };
  }
}

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
