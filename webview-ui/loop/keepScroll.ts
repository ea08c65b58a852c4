type Positions = Readonly<Record<string, readonly [left: number, top: number]>>;

/** Scroll positions of everything with `data-keep`: put back once after it is first drawn, told whenever they move. */
export interface KeptScroll {
  positions(): Positions;
  restore(positions: Positions): void;
  /** To be called after each drawing. What is new and was not kept shows its right end: the newest round. */
  apply(): void;
}

const settled = 200;
/** So near to the right end still counts as standing there. */
const nearEnd = 24;

export function keepScroll(root: HTMLElement, onMoved: () => void): KeptScroll {
  const kept = new Map<string, readonly [number, number]>();
  const known = new WeakSet<Element>();
  const atEnd = new WeakSet<Element>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function moved(element: HTMLElement, name: string): void {
    kept.set(name, [element.scrollLeft, element.scrollTop]);
    if (element.scrollLeft + element.clientWidth >= element.scrollWidth - nearEnd) atEnd.add(element);
    else atEnd.delete(element);
    clearTimeout(timer);
    timer = setTimeout(onMoved, settled);
  }

  return {
    positions: () => Object.fromEntries(kept),
    restore(positions) {
      for (const [name, position] of Object.entries(positions)) kept.set(name, position);
    },
    apply() {
      for (const element of root.querySelectorAll<HTMLElement>('[data-keep]')) {
        const name = element.dataset['keep'] ?? '';
        if (known.has(element)) {
          // A round that begins comes into sight, unless the person looks at older ones.
          if (atEnd.has(element)) element.scrollLeft = element.scrollWidth;
          continue;
        }
        known.add(element);
        const [left, top] = kept.get(name) ?? [element.scrollWidth, 0];
        element.scrollTo(left, top);
        if (left + element.clientWidth >= element.scrollWidth - nearEnd) atEnd.add(element);
        element.addEventListener('scroll', () => moved(element, name), { passive: true });
      }
    },
  };
}
