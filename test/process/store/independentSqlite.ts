import { spawn } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs Debian's `sqlite3`, the judge of the store's files, with these arguments; `script` goes to its stdin. */
export function sqlite(args: readonly string[], script = ''): Promise<Ran> {
  const child = spawn('sqlite3', ['-batch', ...args]);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (err += part));
  // It may end before it has read all; its exit code tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(script);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

/** Copies a database as a crash would leave it: the file and its log, without the fence. */
export function copyDatabase(from: string, to: string): string {
  for (const suffix of ['', '-wal']) if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
  return to;
}

/**
 * What `sqlite3` reads in each of these files by a query of one row: its columns, or the complaint alone where it
 * failed. One process looks at all of them, and leaves them and their logs as they are. Give it copies.
 */
export async function examine(files: readonly string[], query: string): Promise<string[][]> {
  // Exclusive, so that no shared memory file is made; without the checkpoint, closing writes nothing.
  const script = files.map(
    (file) =>
      `.open '${file}'\n.dbconfig no_ckpt_on_close on\nPRAGMA locking_mode=exclusive;\n.print <<<\n${query};\n.print >>>\n`,
  );
  const { out, err } = await sqlite([], script.join(''));
  const found = [...out.matchAll(/<<<\n([^]*?)>>>\n/g)].map(([, row = '']) => row.trim());
  if (found.length !== files.length)
    throw new Error(`sqlite3 looked at ${found.length} of ${files.length} files: ${err}`);
  return found.map((row) =>
    row === '' ? [`no answer; sqlite3 said: ${err.slice(0, 500)}`] : row.split('|'),
  );
}

/** For queries: what SQLite's own check of the whole file says, `ok` when it is sound. */
export const integrity = '(SELECT group_concat(integrity_check) FROM pragma_integrity_check)';
