import type { CellKey } from './snapshot.ts';

/** What the view keeps while it is hidden and over a reload of the window. `loop` is what the panel is revived by. */
export interface SavedView {
  readonly loop: string;
  /** null: the rail follows what runs. */
  readonly chosen: CellKey | null;
  /** null: the story of a loop that has ended, else its stages. */
  readonly isStory: boolean | null;
  readonly rounds: number;
  readonly unfolded: readonly number[];
  readonly drafts: Readonly<Record<string, string>>;
  /** Scroll positions, by the name of what scrolls. */
  readonly scroll: Readonly<Record<string, readonly [left: number, top: number]>>;
}
