/** What a host element says, and what its inner button is told: the toolkit hands over labels only. */
const mirrored: Readonly<Record<string, string>> = {
  'aria-disabled': 'aria-disabled',
  'aria-expanded': 'aria-expanded',
  'aria-haspopup': 'aria-haspopup',
  'aria-pressed': 'aria-pressed',
  // The reason why a button is off, or its key.
  title: 'aria-description',
};

/** Keeps the buttons within the toolkit's elements, which are what screen readers meet, in step with their hosts. */
export function mirrorAria(root: HTMLElement): void {
  new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === 'attributes') mirror(target as Element, attributeName ?? '');
      else for (const node of addedNodes) if (node instanceof Element) mirrorAll(node);
    }
  }).observe(root, { subtree: true, childList: true, attributeFilter: Object.keys(mirrored) });
  mirrorAll(root);
}

function mirrorAll(root: Element): void {
  for (const button of [root, ...root.querySelectorAll('vscode-button')])
    for (const name of Object.keys(mirrored)) mirror(button, name);
}

function mirror(host: Element, name: string): void {
  const inner = host.localName === 'vscode-button' ? host.shadowRoot?.querySelector('button') : null;
  const to = mirrored[name];
  if (inner === null || inner === undefined || to === undefined) return;
  const value = host.getAttribute(name);
  if (value === null) inner.removeAttribute(to);
  else inner.setAttribute(to, value);
}
