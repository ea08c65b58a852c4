const capacity = 256 * 1024;

/**
 * Writes that follow one another in a file, kept until they are written as one. SQLite writes each page of a
 * commit to the WAL in two calls and then syncs once; a call to the operating system costs us more than it does C.
 */
export class GatheredWrites {
  #bytes = Buffer.allocUnsafe(capacity);
  #position = 0;
  #length = 0;

  /** Takes the bytes if they follow those it has and there is room; else they must be written out first. */
  take(bytes: Uint8Array, position: number): boolean {
    if (this.#length === 0) this.#start(bytes.length, position);
    else if (position !== this.#position + this.#length) return false;
    if (this.#length + bytes.length > this.#bytes.length) return false;
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return true;
  }

  /** Hands all of it to `write`, which says how much it wrote. If that throws, what is left is forgotten. */
  writeOut(write: (bytes: Uint8Array, offset: number, length: number, position: number) => number): void {
    const length = this.#length;
    this.#length = 0;
    for (let written = 0; written < length;)
      written += write(this.#bytes, written, length - written, this.#position + written);
  }

  #start(length: number, position: number): void {
    if (length > this.#bytes.length) this.#bytes = Buffer.allocUnsafe(length);
    this.#position = position;
  }
}
