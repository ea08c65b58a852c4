/** So near to the end still counts as standing there. */
const nearEnd = 24;
/** So near to an edge of what is loaded, more is asked for. */
const nearEdge = 900;

export interface ScrollNeeds {
  /** Whether the end of the log is in the page. */
  readonly endIsHere: () => boolean;
  /** The person scrolled away from the end, or came back to it. */
  readonly onFollow: (follows: boolean) => void;
  readonly onNearTop: () => void;
  readonly onNearEnd: () => void;
  /** Where the person is, once they have stopped: the key of the entry at the upper edge, and its offset there. */
  readonly onSettled: (key: string, offset: number) => void;
}

const settledMs = 200;

/**
 * Keeps a growing list where its reader wants it: at the end while they follow, else with the same entry under their
 * eyes whatever is added above or below.
 */
export class TranscriptScroll {
  readonly #needs: ScrollNeeds;
  #box: HTMLElement | null = null;
  #follows = true;
  #lastTop = 0;
  #anchor: { readonly key: string; readonly offset: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #grown = new ResizeObserver(() => this.#hold());

  constructor(needs: ScrollNeeds) {
    this.#needs = needs;
  }

  get follows(): boolean {
    return this.#follows;
  }

  /** The entry at the upper edge now. */
  anchor(): { readonly key: string; readonly offset: number } | null {
    return this.#box === null ? null : anchorOf(this.#box);
  }

  /** To be called after each drawing, with the box that scrolls and the list within. */
  drawn(box: HTMLElement | null): void {
    if (box !== this.#box) {
      this.#grown.disconnect();
      this.#box = box;
      box?.addEventListener('scroll', () => this.#scrolled(box), { passive: true });
      if (box !== null) {
        this.#grown.observe(box);
        if (box.firstElementChild !== null) this.#grown.observe(box.firstElementChild);
      }
    }
    this.#hold();
  }

  follow(): void {
    this.#follows = true;
    this.#anchor = null;
    this.#hold();
  }

  /** Stands at an entry from now on. */
  standAt(key: string, offset: number): void {
    this.#follows = false;
    this.#anchor = { key, offset };
    this.#hold();
  }

  dispose(): void {
    this.#grown.disconnect();
    clearTimeout(this.#timer);
  }

  #hold(): void {
    const box = this.#box;
    if (box === null) return;
    if (this.#follows) box.scrollTop = box.scrollHeight;
    else if (this.#anchor !== null) {
      const element = entryElement(box, this.#anchor.key);
      if (element !== null) box.scrollTop += topIn(box, element) - this.#anchor.offset;
    }
    this.#lastTop = box.scrollTop;
  }

  #scrolled(box: HTMLElement): void {
    if (box !== this.#box) return;
    const { scrollTop, scrollHeight, clientHeight } = box;
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - nearEnd && this.#needs.endIsHere();
    const isUpwards = scrollTop < this.#lastTop - 1;
    const before = this.#follows;
    if (isAtEnd) this.#follows = true;
    else if (isUpwards) this.#follows = false;
    this.#lastTop = scrollTop;
    if (!this.#follows) this.#anchor = anchorOf(box);
    if (before !== this.#follows) this.#needs.onFollow(this.#follows);
    if (!this.#follows && scrollTop < nearEdge) this.#needs.onNearTop();
    if (scrollHeight - scrollTop - clientHeight < nearEdge) this.#needs.onNearEnd();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#anchor !== null && !this.#follows)
        this.#needs.onSettled(this.#anchor.key, this.#anchor.offset);
    }, settledMs);
  }
}

const topIn = (box: HTMLElement, element: HTMLElement): number =>
  element.getBoundingClientRect().top - box.getBoundingClientRect().top;

/** A run begins with another piece once older ones joined it; then it is the one that has the piece by now. */
function entryElement(box: HTMLElement, key: string): HTMLElement | null {
  const found = box.querySelector<HTMLElement>(`[data-entry="${CSS.escape(key)}"]`);
  const wanted = pieceOf(key);
  if (found !== null || wanted === null) return found;
  const upTo = [...box.querySelectorAll<HTMLElement>('[data-entry]')].filter((element) => {
    const piece = pieceOf(element.dataset['entry'] ?? '');
    return piece !== null && piece <= wanted;
  });
  return upTo.at(-1) ?? null;
}

/** Sequence number of the first piece of an entry; null where its key names none. */
export function pieceOf(key: string): number | null {
  const found = /^(?:said|note|tools|raw):(\d+)$/.exec(key)?.[1];
  return found === undefined ? null : Number(found);
}

/** The first entry that is in sight. */
function anchorOf(box: HTMLElement): { readonly key: string; readonly offset: number } | null {
  for (const element of box.querySelectorAll<HTMLElement>('[data-entry]')) {
    const top = topIn(box, element);
    if (top + element.offsetHeight > 0) return { key: element.dataset['entry'] ?? '', offset: top };
  }
  return null;
}
