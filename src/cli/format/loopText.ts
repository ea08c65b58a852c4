import type { OutputOf } from '../../operations/client.ts';
import type { Paint } from './paint.ts';

type ShownLoop = OutputOf<'loop.show'>;
type ShownRound = ShownLoop['rounds'][number];
type ShownStage = ShownRound['stages'][number];

/** A loop as a story: what was asked, each round's stages with verdicts and findings, how it ended. */
export function loopText(loop: ShownLoop, paint: Paint): string {
  const earlier =
    loop.earlierRounds === 0 ? [] : [paint('dim', `… ${loop.earlierRounds} earlier rounds: --rounds N`)];
  const head = [
    `${paint('bold', loop.goal)}`,
    paint(
      'dim',
      `${loop.id}, ${loop.definition}, round ${loop.round} of at most ${loop.maxIterations}${limitsText(loop)}`,
    ),
    '',
  ];
  return [...head, ...earlier, roundsText(loop, paint)].join('\n');
}

/** The rounds alone, with the end; what is drawn anew while the loop runs. */
export function roundsText(loop: ShownLoop, paint: Paint): string {
  const rounds = loop.rounds.flatMap((round) => [
    `${paint('bold', `Round ${round.number}`)} ${paint('dim', timeText(round.durationMs))}`,
    ...round.stages.map((stage) => stageText(stage, paint)),
  ]);
  return [...rounds, endText(loop, paint)].filter((line) => line !== '').join('\n');
}

/** One stage, with its verdict and findings where it has them. */
export function stageText(stage: ShownStage, paint: Paint): string {
  const agent = stage.attempts.at(-1)?.agent ?? '';
  const tries = stage.attempts.length > 1 ? `, try ${stage.attempts.length}` : '';
  const verdict = stage.verdict === null ? '' : `  ${verdictText(stage.verdict, paint)}`;
  const time = `${timeText(stage.durationMs)}${tries}`;
  const head = `  ${mark(stage, paint)} ${stage.name.padEnd(8)}${agent.padEnd(22)}${time}${verdict}`;
  const said = stage.summary === null ? [] : [paint('dim', indented(stage.summary))];
  const output =
    stage.artifactId === null ? [] : [paint('dim', `      sloop artifact show ${stage.artifactId}`)];
  const findings = stage.findings.map(({ title, severity, file }) =>
    paint('yellow', `      - ${title} (${severity}${file === null ? '' : `, ${file}`})`),
  );
  return [head.trimEnd(), ...said, ...findings, ...(stage.status === 'completed' ? output : [])].join('\n');
}

const verdictText = (verdict: NonNullable<ShownStage['verdict']>, paint: Paint): string =>
  paint(verdict === 'approved' ? 'green' : 'yellow', verdict.replace('_', ' '));

const indented = (text: string): string => text.trim().replace(/^/gm, '      ');

function mark({ status }: ShownStage, paint: Paint): string {
  switch (status) {
    case 'pending':
      return paint('dim', '·');
    case 'running':
      return paint('blue', '▸');
    case 'completed':
      return paint('green', '✓');
    case 'failed':
      return paint('red', '✗');
  }
}

/** How the loop ended, or why it waits; nothing while it runs. */
export function endText(loop: ShownLoop, paint: Paint): string {
  if (loop.status === 'running') return '';
  const why = loop.outcome?.replaceAll('_', ' ') ?? loop.failure ?? loop.blockReason;
  const good = loop.outcome === 'approved' || loop.outcome === 'goal_reached';
  const end = why === null ? `Loop ${loop.status}` : `Loop ${loop.status}: ${why}`;
  return `${paint(good ? 'green' : 'yellow', end)} after ${timeText(loop.durationMs)}`;
}

function limitsText({ budgetLeftUsd, timeLeftMs, costUsd }: ShownLoop): string {
  const cost = costUsd > 0 ? `, cost $${costUsd.toFixed(2)}` : '';
  const budget = budgetLeftUsd === null ? '' : `, $${budgetLeftUsd.toFixed(2)} left`;
  return `${cost}${budget}${timeLeftMs === null ? '' : `, ${timeText(timeLeftMs)} left`}`;
}

/** `1.2 s`, `3 min 4 s`; nothing for what has not begun. */
export function timeText(milliseconds: number | null): string {
  if (milliseconds === null) return '';
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${(Math.floor(seconds * 10) / 10).toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
