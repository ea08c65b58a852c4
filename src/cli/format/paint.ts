const codes = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33', blue: '34', cyan: '36' } as const;
export type Paint = (style: keyof typeof codes, text: string) => string;

export const paintWith =
  (colour: boolean): Paint =>
  (style, text) =>
    colour && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;

const statusStyles: Readonly<Record<string, keyof typeof codes>> = {
  pending: 'yellow',
  pending_approval: 'yellow',
  waiting_for_input: 'yellow',
  paused: 'yellow',
  review: 'yellow',
  blocked: 'red',
  failed: 'red',
  crashed: 'red',
  rejected: 'red',
  changes_requested: 'red',
  in_progress: 'cyan',
  running: 'cyan',
  starting: 'cyan',
  completed: 'green',
  complete: 'green',
  approved: 'green',
  final: 'green',
  answered: 'green',
  cancelled: 'dim',
  stopped: 'dim',
  withdrawn: 'dim',
  archived: 'dim',
};

/** A status word in its colour; any other text as it is. */
export function paintStatus(paint: Paint, text: string): string {
  const style = statusStyles[text.trimEnd()];
  return style === undefined ? text : paint(style, text);
}
