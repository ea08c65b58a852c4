/** The last lines of something long. */
export class Tail {
  readonly #most: number;
  #lines: string[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > this.#most) this.#lines = this.#lines.slice(-this.#most);
  }

  text(): string {
    return this.#lines.join('\n');
  }
}
