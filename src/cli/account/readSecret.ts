import { text } from 'node:stream/consumers';
import type { ReadStream } from 'node:tty';

export interface SecretInput {
  readonly stdin: ReadStream | NodeJS.ReadableStream;
  /** Where the question is shown; the answer never is. */
  readonly ask: (question: string) => void;
}

/** Ctrl-C at a hidden prompt. */
export class SecretRefused extends Error {
  constructor() {
    super('Nothing was entered.');
    this.name = 'SecretRefused';
  }
}

/**
 * Reads one secret for each name: typed unseen where there is a terminal, else a line of standard input each. Never
 * from the command line, which every process of the machine can read.
 */
export async function readSecrets(
  names: readonly string[],
  { stdin, ask }: SecretInput,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if ('setRawMode' in stdin && stdin.isTTY) {
    for (const name of names) {
      ask(`${name} (not shown): `);
      found.set(name, await readUnseen(stdin));
      ask('\n');
    }
    return found;
  }
  const lines = (await text(stdin)).split(/\r?\n/);
  for (const [index, name] of names.entries()) found.set(name, (lines[index] ?? '').trim());
  return found;
}

const enter = ['\r', '\n', '\u0004'];
const erase = ['\u007f', '\b'];
const interrupt = '\u0003';

function readUnseen(stdin: ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = '';
    const done = (end: () => void) => {
      stdin.off('data', onData);
      stdin.setRawMode(false);
      stdin.pause();
      end();
    };
    const onData = (chunk: Buffer) => {
      for (const key of chunk.toString('utf8')) {
        if (enter.includes(key)) return done(() => resolve(typed.trim()));
        if (key === interrupt) return done(() => reject(new SecretRefused()));
        typed = erase.includes(key) ? typed.slice(0, -1) : typed + key;
      }
    };
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('data', onData);
  });
}
