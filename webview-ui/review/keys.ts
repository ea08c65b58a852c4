/** What the view does on a key. */
export type KeyAction =
  | 'next'
  | 'previous'
  | 'rendered'
  | 'side'
  | 'inline'
  | 'send'
  | 'approve'
  | 'diff'
  | 'close'
  | 'comment'
  | 'reply'
  | 'resolve'
  | 'notes'
  | 'rail'
  | 'keys';

/** All keys, as the dialog on `?` lists them. */
export const keyTable: readonly (readonly [keys: string, what: string])[] = [
  ['Alt+F5', 'Next change'],
  ['Shift+Alt+F5', 'Previous change'],
  ['1', 'Rendered'],
  ['2', 'Side by side'],
  ['3', 'Inline'],
  ['↑ ↓', 'Line by line; with Shift several lines'],
  ['C', 'Comment on the current line'],
  ['R', 'Reply to the thread in focus'],
  ['E', 'Resolve or reopen the thread in focus'],
  ['N', 'Request changes: open the notes'],
  ['Ctrl+Enter', 'Send the reply or the notes in focus'],
  ['Ctrl+Shift+Enter', 'Approve (asks once)'],
  ['D', 'Open in diff editor'],
  ['V', 'Show or hide the details'],
  ['Esc', 'Close notes, details or thread; text is kept'],
  ['?', 'All keys'],
];

const letters: Readonly<Record<string, KeyAction>> = {
  '1': 'rendered',
  '2': 'side',
  '3': 'inline',
  c: 'comment',
  r: 'reply',
  e: 'resolve',
  n: 'notes',
  d: 'diff',
  v: 'rail',
  '?': 'keys',
};

export interface KeyPress {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** The action of a key; letters act only while no field has the focus. */
export function actionOf(press: KeyPress, inField: boolean): KeyAction | null {
  const { key, altKey, shiftKey } = press;
  const control = press.ctrlKey || press.metaKey;
  if (key === 'F5' && altKey && !control) return shiftKey ? 'previous' : 'next';
  if (key === 'Enter' && control && !altKey) return shiftKey ? 'approve' : 'send';
  if (altKey || control) return null;
  if (key === 'Escape') return 'close';
  return inField ? null : (letters[key.toLowerCase()] ?? null);
}
