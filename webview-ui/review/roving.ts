/** Arrow keys move the focus among the items of a list; Home and End go to its ends. */
export const moveFocus = (selector: string) => (event: KeyboardEvent) => {
  const list = event.currentTarget as HTMLElement;
  const items = [...list.querySelectorAll<HTMLElement>(selector)];
  const at = items.findIndex((item) => item.contains(event.target as Node));
  const to = {
    ArrowDown: at + 1,
    ArrowRight: at + 1,
    ArrowUp: at - 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  const item = to === undefined ? undefined : items[to];
  if (item === undefined) return;
  event.preventDefault();
  for (const other of items) other.tabIndex = other === item ? 0 : -1;
  item.focus();
};
