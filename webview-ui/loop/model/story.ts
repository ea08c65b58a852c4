import type { ShownLoop, ShownRound, ShownStage } from '../../../src/protocol/loop.ts';
import { tallyText, type FindingsHistory } from './findings.ts';
import { decisionsOf, versionAt, type Decision, type StoryFacts } from './gateEvents.ts';
import type { Tone } from '../../shared/mark.ts';
import { stageIcon } from './mark.ts';
import { capital, counted, firstLine, moneyText, timeOfDay } from '../../shared/words.ts';

/** Something that happened, as the story tells it. */
export interface StoryEvent {
  readonly kind: 'event';
  readonly key: string;
  readonly time: string;
  readonly icon: string;
  readonly tone: Tone;
  readonly head: string;
  readonly who: string;
  readonly text: string;
  readonly link: {
    readonly artifact: string;
    readonly version: number | null;
    readonly label: string;
  } | null;
}

export type StoryItem =
  { readonly kind: 'round'; readonly key: string; readonly number: number } | StoryEvent;

/** A finished loop as a story: what was asked, what was changed, why it was approved or how it ended. */
export function storyOf(loop: ShownLoop, history: FindingsHistory, facts: StoryFacts): readonly StoryItem[] {
  const decisions = decisionsOf(facts);
  const rounds = loop.rounds.flatMap((round, index): readonly StoryItem[] => [
    { kind: 'round', key: `round-${round.number}`, number: round.number },
    ...roundEvents(loop, round, history, facts, decisionsIn(decisions, loop.rounds, index)),
  ]);
  return [asked(loop), ...rounds, ...ended(loop, history)];
}

/** A decision belongs to the round that it fell into. */
const decisionsIn = (decisions: readonly Decision[], rounds: readonly ShownRound[], index: number) =>
  decisions.filter(({ time }) => {
    const [start, next] = [rounds[index]?.startedAt ?? '', rounds[index + 1]?.startedAt ?? null];
    return time >= start && (next === null || time < next);
  });

function asked(loop: ShownLoop): StoryEvent {
  const limits = [
    counted(loop.maxIterations, 'round'),
    loop.deadline === null ? null : `until ${timeOfDay(loop.deadline)}`,
    loop.budgetUsd === null ? null : moneyText(loop.budgetUsd),
  ].filter((part) => part !== null);
  return {
    kind: 'event',
    key: 'asked',
    time: loop.startedAt,
    icon: 'person',
    tone: 'plain',
    head: 'Asked',
    who: you(loop.startedBy),
    text: `${loop.goal.trim()}\nLimits: ${limits.join(', ')}.`,
    link: null,
  };
}

const you = (name: string): string => (name === 'person' ? 'you' : name);

function roundEvents(
  loop: ShownLoop,
  round: ShownRound,
  history: FindingsHistory,
  facts: StoryFacts,
  decisions: readonly Decision[],
): readonly StoryEvent[] {
  const stages = round.stages
    .filter(({ status }) => status === 'completed' || status === 'failed')
    .flatMap((stage) => [
      ...handedInBefore(round, stage, facts),
      stageEvent(loop, round, stage, history, facts),
    ]);
  const decided = decisions.flatMap((decision) => {
    const stage = round.stages.find(({ artifactId }) => artifactId === decision.artifact);
    return stage === undefined ? [] : [decisionEvent(stage, decision)];
  });
  return [...stages, ...decided].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

function stageEvent(
  loop: ShownLoop,
  round: ShownRound,
  stage: ShownStage,
  history: FindingsHistory,
  facts: StoryFacts,
): StoryEvent {
  const time = reportedAt(stage, facts) ?? stage.completedAt ?? stage.startedAt ?? loop.startedAt;
  const version = stage.artifactId === null ? null : versionAt(facts, stage.artifactId, stage.completedAt);
  return {
    kind: 'event',
    key: stage.id,
    time,
    ...headOf(round, stage),
    text: [findingsText(round, stage, history), summaryText(stage), triesText(stage)]
      .filter((part) => part !== undefined && part !== null && part !== '')
      .join('\n'),
    link: linkTo(stage, version),
  };
}

const linkTo = ({ artifactId, name }: ShownStage, version: number | null): StoryEvent['link'] =>
  artifactId === null
    ? null
    : {
        artifact: artifactId,
        version,
        label: `${capital(name)}${version === null ? '' : ` v${version}`}`,
      };

/** What a stage handed in and got back from the person, before what it ended with. */
function handedInBefore(round: ShownRound, stage: ShownStage, facts: StoryFacts): readonly StoryEvent[] {
  const { artifactId } = stage;
  if (artifactId === null) return [];
  const finished = stage.attempts.filter(({ outcome }) => outcome === 'finished');
  return handedIn(stage, facts)
    .slice(0, -1)
    .map((time, index) => ({
      kind: 'event',
      key: `${stage.id}-${index}`,
      time,
      ...doneHead(round, stage, finished[index]?.agent ?? null),
      text: '',
      link: linkTo(stage, versionAt(facts, artifactId, time)),
    }));
}

/** A stage at a gate is completed by the decision; its story is told when its agent handed in what was decided upon. */
const reportedAt = (stage: ShownStage, facts: StoryFacts): string | null =>
  handedIn(stage, facts).at(-1) ?? null;

/** When a stage's artifact came to its gate, each time. */
const handedIn = (stage: ShownStage, facts: StoryFacts): readonly string[] =>
  facts.changes
    .filter(
      ({ artifact, to, time }) =>
        artifact === stage.artifactId &&
        to === 'review' &&
        time >= (stage.startedAt ?? '') &&
        time <= (stage.completedAt ?? time),
    )
    .map(({ time }) => time)
    .sort();

type Head = Pick<StoryEvent, 'icon' | 'tone' | 'head' | 'who'>;

function headOf(round: ShownRound, stage: ShownStage): Head {
  const by = stage.attempts.at(-1)?.agent ?? null;
  const agent = by ?? gone;
  if (stage.status === 'failed')
    return { icon: 'error', tone: 'red', head: `${capital(stage.name)} failed`, who: agent };
  if (stage.verdict === 'approved')
    return { icon: 'pass-filled', tone: 'green', head: 'Approved', who: agent };
  if (stage.verdict === 'changes_requested')
    return { icon: 'request-changes', tone: 'yellow', head: 'Reviewed', who: `${agent}: changes requested` };
  return doneHead(round, stage, by);
}

const gone = 'agent deleted';

function doneHead(round: ShownRound, stage: ShownStage, agent: string | null): Head {
  const icon = stageIcon(stage.name, stage.role);
  return { icon, tone: 'plain', head: verbOf(icon, round.number) ?? capital(stage.name), who: agent ?? gone };
}

/** What a stage of a known kind did; others are told by their name. */
function verbOf(icon: string, round: number): string | undefined {
  if (icon === 'list-ordered') return 'Planned';
  if (icon === 'code') return round === 1 ? 'Changed' : 'Fixed';
  return { search: 'Explored', edit: 'Wrote', eye: 'Reviewed', beaker: 'Tested' }[icon];
}

function findingsText(round: ShownRound, stage: ShownStage, history: FindingsHistory): string | null {
  if (stage.verdict === null) return null;
  const tally = tallyText(history, round.number);
  return stage.verdict === 'approved' && stage.findings.length === 0 && history.rows.length === 0
    ? 'No findings.'
    : `${tally}.`;
}

/** A failed stage's summary repeats its last try's reason, which is told with the tries. */
function summaryText(stage: ShownStage): string | null {
  const told = stage.status === 'failed' && triesText(stage) !== null;
  return told ? null : (stage.summary?.trim() ?? null);
}

/** What went wrong before or at last: of the last try all, of those before it a line each. */
function triesText({ attempts, status }: ShownStage): string | null {
  const failed = attempts
    .slice(0, status === 'failed' ? undefined : -1)
    .filter(({ outcome, reason }) => outcome !== 'finished' && reason !== null)
    .map(({ number, reason }, index, all) => {
      const text = index === all.length - 1 ? (reason ?? '').trim() : firstLine(reason);
      return `Try ${number}: ${text}`;
    });
  return failed.length === 0 ? null : failed.join('\n');
}

function decisionEvent(stage: ShownStage, decision: Decision): StoryEvent {
  const thing = `${stage.name}${decision.version === null ? '' : ` v${decision.version}`}`;
  const who = capital(you(decision.caller));
  const waited = decision.waitedMs === null ? '' : `after ${waitText(decision.waitedMs)}`;
  return {
    kind: 'event',
    key: `decision-${decision.time}`,
    time: decision.time,
    icon: 'person',
    tone: 'plain',
    head: decision.approved ? `${who} approved ${thing}` : `${who} asked to change ${thing}`,
    who: waited,
    text: !decision.approved && stage.notes !== null ? `Asked for:\n${stage.notes}` : '',
    link: { artifact: decision.artifact, version: decision.version, label: capital(thing) },
  };
}

/** `40 s`, `4 min`, `3 h`. */
export function waitText(ms: number): string {
  if (ms < 60_000) return `${Math.max(1, Math.round(ms / 1000))} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}

/** How it ended, where no review's approval ended it. */
function ended(loop: ShownLoop, history: FindingsHistory): readonly StoryEvent[] {
  if (loop.completedAt === null) return [];
  const open = history.open === 0 ? 'No finding was open.' : `${counted(history.open, 'finding')} left open.`;
  const end = (icon: string, tone: Tone, head: string, who: string, text: string): readonly StoryEvent[] => [
    {
      kind: 'event',
      key: 'ended',
      time: loop.completedAt ?? loop.startedAt,
      icon,
      tone,
      head,
      who,
      text,
      link: null,
    },
  ];
  switch (loop.status) {
    case 'failed':
      return end('error', 'red', 'Failed', '', firstLine(loop.failure));
    case 'cancelled':
      return end('circle-slash', 'muted', 'Stopped', '', open);
    case 'completed':
      switch (loop.outcome) {
        case 'approved_by_person':
          return end('pass-filled', 'green', 'You approved it', '', open);
        case 'limit_reached':
          return end('watch', 'yellow', 'Stopped at a limit', '', limitText(loop, open));
        case 'rounds_done':
          return end(
            'pass-filled',
            'green',
            'Done',
            '',
            `It went through ${counted(loop.round, 'round')}, as many as it was given.`,
          );
        case 'goal_reached':
        case 'approved':
        case null:
          return [];
      }
      return [];
    case 'running':
    case 'paused':
    case 'blocked':
      return [];
  }
}

function limitText(loop: ShownLoop, open: string): string {
  const why = loop.rounds.at(-1)?.outcome;
  return why == null ? open : `${capital(why)}. ${open}`;
}
