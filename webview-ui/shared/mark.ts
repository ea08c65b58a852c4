/** What the colour of an icon says; the word beside it says it too. */
export type Tone = 'blue' | 'green' | 'yellow' | 'red' | 'muted' | 'plain';

/** A status as it is drawn: an icon with its colour, and its word. */
export interface Mark {
  readonly icon: string;
  readonly tone: Tone;
  readonly word: string;
}

export const mark = (icon: string, tone: Tone, word: string): Mark => ({ icon, tone, word });
