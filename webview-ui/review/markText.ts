import type { Range } from '../shared/range.ts';

/** Wraps parts of an element's own text in `<ins>`, over the borders of the elements within it. */
export function markText(element: HTMLElement, rangesOf: (text: string) => readonly Range[]): void {
  let length = 0;
  const nodes = ownText(element).map((node) => {
    const start = length;
    length += node.data.length;
    return { node, start, end: length };
  });
  const text = nodes.map(({ node }) => node.data).join('');
  // From the end, because a node that is cut keeps its beginning, and only that.
  for (const range of rangesOf(text).toReversed())
    for (const { node, start, end } of nodes.toReversed()) {
      const from = Math.max(range.start, start);
      const to = Math.min(range.end, end);
      // Between the cells of a table there are only blanks, where no element may stand.
      if (from < to && node.data.slice(from - start, to - start).trim() !== '')
        wrap(node, from - start, to - start);
    }
}

/** The text of an element without that of the lists within it, which have marks of their own. */
function ownText(element: HTMLElement): Text[] {
  const walker = document.createTreeWalker(
    element,
    NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
    (node) => {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      return /^[OU]L$/.test(node.nodeName) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    },
  );
  const nodes: Text[] = [];
  while (walker.nextNode() !== null) nodes.push(walker.currentNode as Text);
  return nodes;
}

function wrap(node: Text, from: number, to: number): void {
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  range.surroundContents(document.createElement('ins'));
}
