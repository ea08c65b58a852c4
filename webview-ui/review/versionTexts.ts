import type { Answer } from '../../src/protocol/review.ts';
import { countsOf, diffLines, linesOf, type Change } from './model/lineDiff.ts';

/** Lines added and removed. */
export type Counts = ReturnType<typeof countsOf>;

/** Texts of more versions than these are forgotten again, the longest unused first. */
const mostTexts = 12;

/** The texts of versions, read when they are first needed, and what changed between them. */
export class VersionTexts {
  readonly #read: (version: number) => Promise<Answer<string>>;
  readonly #lines = new Map<number, readonly string[]>();
  readonly #asked = new Map<number, Promise<Answer<readonly string[]>>>();
  readonly #changes = new Map<string, readonly Change[]>();
  readonly #counts = new Map<number, Counts>();

  constructor(read: (version: number) => Promise<Answer<string>>) {
    this.#read = read;
  }

  /** Lines of a version that was read already. */
  known(version: number): readonly string[] | undefined {
    const lines = this.#lines.get(version);
    if (lines === undefined) return undefined;
    this.#lines.delete(version);
    this.#lines.set(version, lines);
    return lines;
  }

  /** Takes the text of a version that came with something else. */
  keep(version: number, text: string): readonly string[] {
    const lines = this.known(version) ?? linesOf(text);
    this.#lines.set(version, lines);
    for (const oldest of this.#lines.keys()) {
      if (this.#lines.size <= mostTexts) break;
      this.#lines.delete(oldest);
    }
    return lines;
  }

  /** Lines of a version, read if need be. Two who ask at once share one reading; a failed one is tried anew. */
  lines(version: number): Promise<Answer<readonly string[]>> {
    const known = this.known(version);
    if (known !== undefined) return Promise.resolve({ ok: true, value: known });
    const asked =
      this.#asked.get(version) ??
      this.#read(version)
        .then((answer) =>
          answer.ok ? { ok: true as const, value: this.keep(version, answer.value) } : answer,
        )
        .finally(() => this.#asked.delete(version));
    this.#asked.set(version, asked);
    return asked;
  }

  /** What changed from one version to another; null while one of them was not read. */
  changes(from: number, to: number): readonly Change[] | null {
    const key = `${from}:${to}`;
    const known = this.#changes.get(key);
    if (known !== undefined) return known;
    const [before, after] = [this.known(from), this.known(to)];
    if (before === undefined || after === undefined) return null;
    const changes = diffLines(before, after);
    this.#changes.set(key, changes);
    return changes;
  }

  /** Lines that a version added and removed against the one before it, if that is known. */
  counts(version: number): Counts | null {
    const known = this.#counts.get(version);
    if (known !== undefined) return known;
    const lines = this.#lines.get(version);
    const before = version === 1 ? [] : this.#lines.get(version - 1);
    if (lines === undefined || before === undefined) return null;
    // A line break at the end begins no line.
    const all = lines.at(-1) === '' ? lines.length - 1 : lines.length;
    const counts = version === 1 ? { added: all, removed: 0 } : countsOf(diffLines(before, lines));
    this.#counts.set(version, counts);
    return counts;
  }
}
