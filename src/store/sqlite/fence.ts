import fs from 'node:fs';

/**
 * Keeps other SQLite programs from harming a live database. One that opens it normally would take our WAL for
 * its own and delete it when it closes. A folder in the place of the shared memory file, which exclusive mode
 * does not need, lets them read but neither write, checkpoint nor delete.
 */
export function raiseFence(databasePath: string): void {
  const place = fencePath(databasePath);
  const found = fs.statSync(place, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  if (found !== undefined) fs.unlinkSync(place);
  fs.mkdirSync(place);
}

/** After a clean close other programs may use the file freely. */
export function lowerFence(databasePath: string): void {
  fs.rmSync(fencePath(databasePath), { recursive: true, force: true });
}

const fencePath = (databasePath: string) => `${databasePath}-shm`;
