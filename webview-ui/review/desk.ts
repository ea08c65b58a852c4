import type { Comparison } from './comparison.ts';
import type { ChosenLines } from './diffTable.ts';
import type { PlacedThread } from './model/threads.ts';
import type { Pair, ReviewSession } from './reviewSession.ts';

export type ViewKind = 'rendered' | 'side' | 'inline';

/** What the view keeps while its tab is hidden and over a reload of the window. */
export interface KeptState {
  /** The panel that is brought back is for this artifact. */
  readonly artifact: string;
  readonly pair: Pair | null;
  readonly kind: ViewKind | null;
  /** Null until the person decided: shown where there is room. */
  readonly rail: boolean | null;
  /** Sections of the rail that are closed. */
  readonly closed: readonly string[];
  /** Threads that are not as they come: open ones closed, resolved ones opened. */
  readonly toggled: readonly string[];
  /** Threads that are open in the rendered text, where they are closed until their sign is pressed. */
  readonly reading: readonly string[];
  /** First line of each fold that was opened. */
  readonly unfolded: readonly number[];
  /** What is being written, by what it answers. */
  readonly drafts: Readonly<Record<string, string>>;
  readonly notesOpen: boolean;
  /** Lines that a new remark is being written on. */
  readonly writing: (ChosenLines & { readonly version: number }) | null;
  readonly change: number | null;
  /** The line at the upper edge. */
  readonly line: number;
}

/** The dialogs that lie over the view; one at a time. */
export type Dialog = 'keys' | 'more' | 'approve' | 'base' | 'version' | null;

/** What the parts of the view see and do: their one way to the session and to what is kept. */
export interface Desk {
  readonly session: ReviewSession;
  readonly state: KeptState;
  readonly comparison: Comparison | null;
  readonly threads: readonly PlacedThread[];
  readonly dialog: Dialog;
  /** Too narrow for two columns or a rail beside the text. */
  readonly narrow: boolean;
  /** The view as drawn: side by side is inline where it is narrow. */
  readonly kind: ViewKind;
  readonly markdown: boolean;
  readonly railShown: boolean;
  keep(change: Partial<KeptState>): void;
  /** Keeps what is not drawn. */
  keepQuietly(change: Partial<KeptState>): void;
  setDraft(key: string, text: string): void;
  openDialog(dialog: Dialog): void;
  showKind(kind: ViewKind): void;
  step(by: 1 | -1): void;
  revealThread(id: string): void;
  revealChange(change: number): void;
  toggleThread(thread: PlacedThread): void;
  isOpen(thread: PlacedThread): boolean;
  /** Opens or closes a thread in the rendered text. */
  readThread(thread: PlacedThread): void;
  send(key: string): void;
  approve(): void;
  do(action: 'diff' | 'copy' | 'save' | 'log'): void;
  openLink(url: string): void;
  /** Lines of the newer text, counted from 0, to write a remark on. */
  writeOn(lines: ChosenLines): void;
  /** Begins a remark on the line that the keyboard is on, or those chosen. */
  commentHere(): void;
}

/** "you" for the person; agents by their names. */
export const nameOf = (author: string): string => (author === 'person' ? 'you' : author);

export const authorIcon = (author: string): string => (author === 'person' ? 'account' : 'list-ordered');
