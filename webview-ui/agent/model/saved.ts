/** What the panel keeps while it is hidden and over a reload of the window. `agent` is what the tab is revived by. */
export interface SavedPanel {
  readonly agent: string;
  /** Its name, for when it was deleted. */
  readonly name: string | null;
  /** null: it follows the end. Else the piece at the upper edge and how far below that it begins. */
  readonly at: { readonly sequence: number; readonly offset: number } | null;
  readonly draft: string;
  readonly answer: string;
  /** Which half is shown where there is little room. */
  readonly half: 'transcript' | 'details';
  /** Words that are searched for. */
  readonly search: string;
  /** Runs of tools and raw lines that the person opened or closed, by key. */
  readonly folds: Readonly<Record<string, boolean>>;
}
