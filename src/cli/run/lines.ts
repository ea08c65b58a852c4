import { StringDecoder } from 'node:string_decoder';

/**
 * Turns chunks of bytes into lines. By hand, because `readline` also breaks at U+2028, which JSON may contain
 * within a line.
 */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string) => void;
  #parts: string[] = [];

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    const [first = '', ...rest] = this.#decoder.write(chunk).split('\n');
    this.#parts.push(first);
    for (const next of rest) {
      this.#emit();
      this.#parts = [next];
    }
  }

  /** The last line may have no newline. */
  end(): void {
    this.#parts.push(this.#decoder.end());
    if (this.#parts.join('') !== '') this.#emit();
    this.#parts = [];
  }

  #emit(): void {
    const line = this.#parts.join('');
    this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
}
