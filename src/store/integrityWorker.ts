import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './sqlite/database.ts';

/** `ok`, or what is wrong with the file. */
async function check(file: string): Promise<string> {
  try {
    const db = await openDatabase(file);
    try {
      return String(db.get('PRAGMA integrity_check(1)')?.['integrity_check']);
    } finally {
      db.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

void check(String(workerData)).then((result) => parentPort?.postMessage(result));
