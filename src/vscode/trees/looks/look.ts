import type { OperationId } from '../../../operations/client.ts';

/** A letter at the right edge. `next1` … `next9`: its place in what dispatch does next. */
export type Mark = 'overdue' | 'review' | 'unseen' | `next${number}`;

/** A codicon, in a colour of the theme; without one in that of the text. */
export interface Icon {
  readonly name: string;
  readonly color?: string;
}

/** What a row shows. Label: as typed, never a status. Description: at most two facts. */
export interface Look {
  readonly label: string;
  readonly description: string;
  /** None where a tick says it all. */
  readonly icon: Icon | null;
  /** `todo.pending`: what menus go by. */
  readonly context: string;
  /** The same as one sentence, for screen readers. */
  readonly spoken: string;
  readonly tick?: 'open' | 'done';
  /** Adds a letter at the right edge: `!` overdue, `R` in review, a dot for what ended unseen. */
  readonly mark?: Mark;
  /** What a click does; without one it selects and folds. */
  readonly click?: {
    readonly command: string;
    readonly title: string;
    readonly arguments: readonly unknown[];
  };
}

export const blue = 'charts.blue';
export const green = 'charts.green';
export const yellow = 'charts.yellow';
export const red = 'charts.red';
export const muted = 'descriptionForeground';

/** Facts behind each other, at most two: more is what tooltips are for. */
export const facts = (...given: readonly (string | null | undefined)[]): string =>
  given
    .filter((fact) => fact != null && fact !== '')
    .slice(0, 2)
    .join(', ');

/** Command of an operation. */
export const commandOf = (operation: OperationId): string => `sloop.${operation}`;
