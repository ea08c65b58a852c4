/** A row or value that can be picked. */
export interface Choice {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: unknown;
  /** The row that stands behind it, for later questions. */
  readonly row?: Readonly<Record<string, unknown>>;
  /** Opens the dialog of the editor for files; what is chosen there is the value. */
  readonly browse?: 'folder' | 'file';
}

export interface Choices {
  readonly choices: readonly Choice[];
  /** How many more there are than are listed. */
  readonly more: number;
  /** Finds among all of them. Where it is missing, everything is listed. */
  readonly search?: (text: string) => Promise<readonly Choice[]>;
}

interface Question {
  /** What the person is doing: the operation's title, and what it is about. */
  readonly title: string;
  readonly step: number;
  readonly steps: number;
  readonly canGoBack: boolean;
  /** What is asked now. */
  readonly placeholder: string;
}

export interface PickQuestion extends Question {
  readonly listed: Choices;
  readonly many: boolean;
  /** Whether picking nothing of many is an answer. */
  readonly mayBeNone: boolean;
  /** Values that are marked, or the one that the list begins with. */
  readonly marked: readonly unknown[];
}

export interface TextQuestion extends Question {
  readonly value: string;
  readonly hint: string | undefined;
  /** What is wrong with a text; undefined when it will do. */
  readonly problem: (text: string) => string | undefined;
}

export type Answer<T> =
  { readonly kind: 'given'; readonly value: T } | { readonly kind: 'back' | 'cancelled' };

/** Who asks the person: the editor's quick inputs, or a script in tests. */
export interface Prompter {
  pick(question: PickQuestion): Promise<Answer<readonly Choice[]>>;
  text(question: TextQuestion): Promise<Answer<string>>;
}
