/** Something that is held and must be let go: a subscription, a timer, a server. */
export interface Disposable {
  dispose(): void;
}

export const disposable = (dispose: () => void): Disposable => ({ dispose });

/** Owns disposables. Whatever is added after its own end is disposed at once, so nothing leaks late. */
export class DisposableStore implements Disposable {
  readonly #owned = new Set<Disposable>();
  #disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#owned.add(item);
    return item;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const items = [...this.#owned].reverse();
    this.#owned.clear();
    for (const item of items) item.dispose();
  }
}

/** Holds at most one disposable: what it held before is disposed of when another takes its place. */
export class DisposableSlot implements Disposable {
  #held: Disposable | undefined;
  #disposed = false;

  set(item: Disposable | undefined): void {
    this.#held?.dispose();
    this.#held = this.#disposed ? undefined : item;
    if (this.#disposed) item?.dispose();
  }

  dispose(): void {
    this.#disposed = true;
    this.set(undefined);
  }
}
