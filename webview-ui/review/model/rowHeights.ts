/**
 * Where rows of different heights lie in a long list: estimated until they were seen, measured from then on. Only
 * the rows in view are ever in the page.
 */
export class RowHeights {
  readonly #heights: Float64Array;
  /** `#tops[i]` is where row i begins; valid below `#valid`. */
  readonly #tops: Float64Array;
  #valid = 0;

  constructor(heights: Iterable<number>) {
    this.#heights = Float64Array.from(heights);
    this.#tops = new Float64Array(this.#heights.length + 1);
  }

  get count(): number {
    return this.#heights.length;
  }

  get total(): number {
    return this.top(this.count);
  }

  height(row: number): number {
    return this.#heights[row] ?? 0;
  }

  /** Takes a measured height; answers by how much the row grew. */
  measured(row: number, height: number): number {
    const grown = height - this.height(row);
    if (grown === 0) return 0;
    this.#heights[row] = height;
    this.#valid = Math.min(this.#valid, row);
    return grown;
  }

  /** Where a row begins; the end of the list for `count`. */
  top(row: number): number {
    for (; this.#valid < row; this.#valid += 1)
      this.#tops[this.#valid + 1] = (this.#tops[this.#valid] ?? 0) + (this.#heights[this.#valid] ?? 0);
    return this.#tops[row] ?? 0;
  }

  /** The row that covers a place in the list; the first or last one beyond its ends. */
  rowAt(y: number): number {
    let low = 0;
    let high = Math.max(0, this.count - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Rows `first…last`, the last excluded, that lie between two places. */
  window(from: number, to: number): { readonly first: number; readonly last: number } {
    if (this.count === 0) return { first: 0, last: 0 };
    return { first: this.rowAt(from), last: this.rowAt(to) + 1 };
  }
}
