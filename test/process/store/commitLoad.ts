import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

export type LoadMode = 'single' | 'groups';

/** Bundles `commitChild.ts` into `folder`: it is started hundreds of times, and a bundle starts fast. */
export async function bundleCommitLoad(folder: string): Promise<string> {
  const outfile = path.join(folder, 'commitChild.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'commitChild.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
    define: { 'import.meta.url': '__filename' },
  });
  const wasm = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');
  copyFileSync(wasm, path.join(folder, 'sql-wasm.wasm'));
  return outfile;
}

/** A process under a commit load, and what it acknowledged. */
export class CommitLoad {
  /** The highest change that it called durable. */
  acknowledged = 0;
  /** How many changes its store found at the start; none until it has opened. */
  found: number | undefined;
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  readonly #warm: Promise<unknown>;
  readonly #opened: Promise<unknown>;
  #complaint = '';

  constructor(bundle: string) {
    const child = spawn(process.execPath, [bundle], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, 'close');
    // Both: the process is gone and all that it said was read.
    this.#closed = Promise.all([ended, once(lines, 'close')]);
    child.stdin.on('error', () => undefined);
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#complaint += text));
    const said = new Map<string, () => void>();
    const saying = (word: string) =>
      Promise.race([new Promise<void>((resolve) => said.set(word, resolve)), ended]);
    this.#warm = saying('warm');
    this.#opened = saying('open');
    lines.on('line', (line) => {
      const [word = '', count] = line.split(' ');
      if (word === 'open') this.found = Number(count);
      else if (/^\d+$/.test(word)) this.acknowledged = Math.max(this.acknowledged, Number(word));
      said.get(word)?.();
    });
  }

  /** Lets it open the database, as soon as it has loaded its code. */
  async begin(databasePath: string, mode: LoadMode): Promise<void> {
    await this.#warm;
    this.#child.stdin?.write(`${mode} ${databasePath}\n`);
  }

  /** Resolves when it begins to commit. */
  async committing(): Promise<void> {
    await this.#opened;
    this.#mustBeWell();
  }

  /** kill -9. It must have been alive until then. */
  async kill(): Promise<void> {
    this.#mustBeWell();
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  #mustBeWell(): void {
    const { exitCode } = this.#child;
    if (exitCode !== null) throw new Error(`The load ended by itself (${exitCode}): ${this.#complaint}`);
  }
}
