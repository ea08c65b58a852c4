import type { OutputOf } from '../../src/operations/client.ts';

type ShownLoop = OutputOf<'loop.show'>;
type ShownRound = ShownLoop['rounds'][number];
type ShownStage = ShownRound['stages'][number];

/** Colours on a terminal, plain text elsewhere. */
export interface Paint {
  readonly colour: boolean;
}

const codes = { dim: 2, green: 32, yellow: 33, red: 31, blue: 34, bold: 1 } as const;
const paint = ({ colour }: Paint, code: keyof typeof codes, text: string): string =>
  colour ? `\u001b[${codes[code]}m${text}\u001b[0m` : text;

/** The whole loop as it stands, a line a stage. */
export function timelineText(loop: ShownLoop, style: Paint): string {
  const lines = loop.rounds.flatMap((round) => [
    paint(style, 'bold', `Round ${round.number}`) + paint(style, 'dim', ` ${timeText(round.durationMs)}`),
    ...round.stages.map((stage) => stageText(stage, style)),
  ]);
  return [...lines, endText(loop, style)].filter((line) => line !== '').join('\n');
}

/** One stage, with its verdict and findings where it has them. */
export function stageText(stage: ShownStage, style: Paint): string {
  const agent = stage.attempts.at(-1)?.agent ?? '';
  const tries = stage.attempts.length > 1 ? `, try ${stage.attempts.length}` : '';
  const head = `  ${mark(stage, style)} ${stage.name.padEnd(8)}${agent.padEnd(22)}${timeText(stage.durationMs)}${tries}`;
  const verdict = stage.verdict === null ? '' : `  ${stage.verdict.replace('_', ' ')}`;
  const said = stage.summary === null ? [] : [paint(style, 'dim', `      ${stage.summary}`)];
  const findings = stage.findings.map(({ title, severity, file }) =>
    paint(style, 'yellow', `      - ${title} (${severity}${file === null ? '' : `, ${file}`})`),
  );
  return [
    head + paint(style, stage.verdict === 'approved' ? 'green' : 'yellow', verdict),
    ...said,
    ...findings,
  ].join('\n');
}

function mark({ status }: ShownStage, style: Paint): string {
  switch (status) {
    case 'pending':
      return paint(style, 'dim', '·');
    case 'running':
      return paint(style, 'blue', '▸');
    case 'completed':
      return paint(style, 'green', '✓');
    case 'failed':
      return paint(style, 'red', '✗');
  }
}

/** How the loop ended, or why it waits; nothing while it runs. */
export function endText(loop: ShownLoop, style: Paint): string {
  if (loop.status === 'running') return '';
  const why = loop.outcome?.replaceAll('_', ' ') ?? loop.failure ?? loop.blockReason ?? '';
  const good = loop.outcome === 'approved' || loop.outcome === 'goal_reached';
  return (
    paint(style, good ? 'green' : 'red', `Loop ${loop.status}: ${why}`) +
    ` after ${timeText(loop.durationMs)}`
  );
}

/** `1.2 s`, `3 min 4 s`; nothing for what has not begun. */
export function timeText(milliseconds: number | null): string {
  if (milliseconds === null) return '';
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
