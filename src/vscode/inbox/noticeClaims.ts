import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A window in which nobody works leaves it this long to the one in front of the person. */
const politenessMs = 1500;
/** The same need within one or two of these is the same news, whichever window hears of it. */
const spanMs = 60_000;

/**
 * Which window tells the person of what: the first that makes a file of the notice's name in a folder that all windows
 * of this machine share. So nobody is told twice, and a window that is closed hides nothing.
 */
export interface NoticeClaims {
  /** True for one window. @param isFront whether the person works in it */
  claim(key: string, isFront: boolean): Promise<boolean>;
}

export function createNoticeClaims(folder: string, now: () => number = Date.now): NoticeClaims {
  return {
    async claim(key, isFront) {
      if (!isFront) await sleep(politenessMs);
      const span = Math.floor(now() / spanMs);
      const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
      const fileOf = (of: number) => path.join(folder, `${of}-${name}`);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      forgetBefore(folder, span - 1);
      if (existsSync(fileOf(span - 1))) return false;
      try {
        writeFileSync(fileOf(span), '', { flag: 'wx', mode: 0o600 });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      }
    },
  };
}

function forgetBefore(folder: string, span: number): void {
  for (const name of readdirSync(folder))
    if (Number(name.split('-')[0]) < span) rmSync(path.join(folder, name), { force: true });
}
