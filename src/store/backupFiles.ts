import fs from 'node:fs';
import path from 'node:path';
import { instantOf, type Instant } from '../base/clock.ts';

/** A copy of the main file, named after the moment at which it was taken. */
export interface BackupFile {
  readonly file: string;
  readonly takenAt: Instant;
}

const pattern = /^sloop-(\d+)(?:-before-migration)?\.db$/;

export const backupFolder = (storeDir: string): string => path.join(storeDir, 'backups');

export const backupName = (takenAt: number, why: 'regular' | 'before-migration'): string =>
  why === 'regular' ? `sloop-${takenAt}.db` : `sloop-${takenAt}-before-migration.db`;

/** All backups, newest first. */
export function listBackups(storeDir: string): readonly BackupFile[] {
  const folder = backupFolder(storeDir);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .flatMap((name) => {
      const taken = pattern.exec(name)?.[1];
      return taken === undefined ? [] : [{ name, taken: Number(taken) }];
    })
    .sort((one, other) => other.taken - one.taken)
    .map(({ name, taken }) => ({ file: path.join(folder, name), takenAt: instantOf(taken) }));
}

/** Writes a copy that is on the disk, under its name, when this resolves; readers never see a part of it. */
export async function copySynced(from: string, to: string): Promise<void> {
  await fs.promises.mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  const partial = `${to}.partial`;
  await fs.promises.copyFile(from, partial);
  const handle = await fs.promises.open(partial, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.promises.rename(partial, to);
}
