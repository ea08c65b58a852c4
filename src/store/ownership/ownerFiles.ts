import fs from 'node:fs';
import path from 'node:path';
import { parseOwnerRecord, type OwnerRecord } from './ownerRecord.ts';

const pattern = /^owner\.(\d+)$/;

export interface OwnerFile {
  readonly number: number;
  /** Undefined where the file cannot be read as a record: somebody damaged it. */
  readonly record: OwnerRecord | undefined;
}

/** The highest `owner.N`, or undefined where nobody ever owned the folder. Only the highest counts. */
export function highestOwner(dir: string): OwnerFile | undefined {
  const number = Math.max(0, ...numbersIn(dir));
  if (number === 0) return undefined;
  const text = readIfThere(fileOf(dir, number));
  // Cleared away since the folder was listed: somebody owns a higher number now.
  return text === undefined ? highestOwner(dir) : { number, record: parseOwnerRecord(text) };
}

/**
 * Puts `owner.N` in place whole, by `link()`, which only one contender can do; false for the others. Taking over
 * by `rename` gave two owners in most rounds of four contenders. Winning a number that was taken and cleared away
 * meanwhile is seen by a higher one being there, and is no win.
 */
export function takeNumber(dir: string, number: number, record: OwnerRecord): boolean {
  const fresh = path.join(dir, `owner.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`);
  writeSynced(fresh, record);
  try {
    fs.linkSync(fresh, fileOf(dir, number));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(fresh, { force: true });
  }
  if (Math.max(...numbersIn(dir)) > number) {
    fs.rmSync(fileOf(dir, number), { force: true });
    return false;
  }
  for (const older of numbersIn(dir)) if (older < number) fs.rmSync(fileOf(dir, older), { force: true });
  return true;
}

/** Says in the owner's own file that it has ended cleanly, so that nobody has to find out. */
export function markReleased(dir: string, number: number, record: OwnerRecord): void {
  const fresh = path.join(dir, `owner.${number}.released.tmp`);
  writeSynced(fresh, { ...record, released: true });
  fs.renameSync(fresh, fileOf(dir, number));
}

const fileOf = (dir: string, number: number): string => path.join(dir, `owner.${number}`);

const numbersIn = (dir: string): number[] =>
  fs.readdirSync(dir).flatMap((name) => {
    const number = pattern.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });

function writeSynced(file: string, record: OwnerRecord): void {
  const descriptor = fs.openSync(file, 'w', 0o600);
  try {
    fs.writeSync(descriptor, JSON.stringify(record));
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
