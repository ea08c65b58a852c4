import type { ShownRound, ShownStage } from '../../../src/protocol/loop.ts';
import { still, ticking, type Clock } from '../../shared/clock.ts';
import { isReviewed, tallyText, type FindingsHistory } from './findings.ts';
import { mark, type Mark } from '../../shared/mark.ts';
import { approvedMark, changesMark } from './mark.ts';
import {
  cellKey,
  gateOf,
  liveAgentOf,
  type AgentSheet,
  type CellKey,
  type Gate,
  type Snapshot,
} from './snapshot.ts';
import { capital, clockText, firstLine } from '../../shared/words.ts';

/** One role's turn in one round, as the grid shows it. */
export interface Cell {
  readonly key: CellKey;
  readonly round: number;
  readonly position: number;
  readonly name: string;
  readonly role: string;
  /** null where its round has not begun. */
  readonly stage: ShownStage | null;
  readonly mark: Mark;
  /** Who plays it, or what stands in for a name: "next", "not started". */
  readonly who: string;
  readonly agentId: string | null;
  readonly clock: Clock | null;
  readonly outcome: string;
  /** Its verdict, or that it waits. */
  readonly chip: Mark | null;
  readonly hasBegun: boolean;
  /** A whole sentence for a screen reader. */
  readonly label: string;
}

/** What cells need besides their own rows. */
export interface CellFacts {
  readonly snapshot: Snapshot;
  readonly gate: Gate | null;
  readonly history: FindingsHistory;
}

export const cellFacts = (snapshot: Snapshot, history: FindingsHistory): CellFacts => ({
  snapshot,
  gate: gateOf(snapshot),
  history,
});

export function stageCell(facts: CellFacts, round: ShownRound, stage: ShownStage): Cell {
  const last = stage.attempts.at(-1);
  const atGate = facts.gate?.stage.id === stage.id;
  const sheet = last?.agentId == null ? undefined : facts.snapshot.agents.get(last.agentId);
  const status = stageMark(stage, sheet, atGate, round);
  const clock = stageClock(stage, facts.snapshot.readAt);
  const who = last === undefined ? nextWord(round, stage) : (last.agent ?? 'agent deleted');
  const outcome = outcomeText(facts, round, stage, sheet);
  const said = [
    status.word,
    last === undefined ? null : who,
    clock === null ? null : clockText(clock.ms),
    verdictWord(stage),
    outcome === '' ? null : outcome,
  ].filter((part) => part !== null);
  return {
    key: cellKey(round.number, stage.position),
    round: round.number,
    position: stage.position,
    name: stage.name,
    role: stage.role,
    stage,
    mark: status,
    who,
    agentId: last?.agentId ?? null,
    clock,
    outcome,
    chip: atGate ? mark('person', 'yellow', 'waits for you') : verdictMark(stage),
    hasBegun: last !== undefined || stage.status !== 'pending',
    label: `${stage.name}, round ${round.number}: ${said.join(', ')}`,
  };
}

/** A cell of a round that there will only be if it is needed. */
export function ghostCell(
  round: number,
  position: number,
  name: string,
  isFirst: boolean,
  open: number,
): Cell {
  const outcome = isFirst && open > 0 ? 'Gets the open findings' : '';
  return {
    key: cellKey(round, position),
    round,
    position,
    name,
    role: name,
    stage: null,
    mark: mark('circle', 'muted', 'not started'),
    who: 'not started',
    agentId: null,
    clock: null,
    outcome,
    chip: null,
    hasBegun: false,
    label: `${name}, round ${round}: not started`,
  };
}

function stageMark(
  stage: ShownStage,
  sheet: AgentSheet | undefined,
  atGate: boolean,
  round: ShownRound,
): Mark {
  switch (stage.status) {
    case 'pending':
      return mark('circle', 'muted', round.status === 'running' ? 'waits' : 'not started');
    case 'completed':
      return mark('pass-filled', 'green', 'completed');
    case 'failed':
      return mark('error', 'red', 'failed');
    case 'running':
      if (atGate) return mark('bell-dot', 'yellow', 'waits for you');
      if (liveAgentOf(stage) === null)
        return stage.attempts.at(-1)?.outcome === 'finished'
          ? mark('pass-filled', 'green', 'reported')
          : mark('debug-stop', 'yellow', 'no agent at work');
      if (sheet?.agent.status === 'waiting_for_input') return mark('question', 'yellow', 'asks');
      return sheet?.agent.status === 'starting'
        ? mark('loading', 'blue', 'starting')
        : mark('loading', 'blue', 'running');
  }
}

/** The time that agents worked at it: what waits at a gate does not count. */
export function stageClock(stage: ShownStage, readAt: number): Clock | null {
  if (stage.attempts.length === 0) return null;
  const ms = stage.attempts.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  return liveAgentOf(stage) === null ? still(ms) : ticking(ms, readAt);
}

function nextWord(round: ShownRound, stage: ShownStage): string {
  if (round.status !== 'running') return 'not started';
  const next = round.stages.find(({ status }) => status === 'pending');
  return next?.id === stage.id ? 'next' : 'not started';
}

const verdictMark = ({ verdict }: ShownStage): Mark | null =>
  verdict === null ? null : verdict === 'approved' ? approvedMark : changesMark;

const verdictWord = (stage: ShownStage): string | null => verdictMark(stage)?.word ?? null;

/** What came of it, in one line. */
function outcomeText(
  facts: CellFacts,
  round: ShownRound,
  stage: ShownStage,
  sheet: AgentSheet | undefined,
): string {
  const last = stage.attempts.at(-1);
  switch (stage.status) {
    case 'pending':
      return pendingText(facts, round, stage);
    case 'failed':
      return firstLine(last?.reason ?? stage.summary) || 'It gave no reason';
    case 'completed':
      if (stage.verdict === 'changes_requested' && stage.findings.length > 0 && isReviewed(round))
        return tallyText(facts.history, round.number);
      return firstLine(stage.summary);
    case 'running':
      if (facts.gate?.stage.id === stage.id) return gateText(facts.gate);
      if (liveAgentOf(stage) === null) return firstLine(last?.reason ?? stage.summary);
      return sheet?.agent.attention ?? progressText(stage, sheet);
  }
}

function progressText(stage: ShownStage, sheet: AgentSheet | undefined): string {
  const own = firstLine(sheet?.agent.progress[0]?.text ?? null);
  if (own !== '') return own;
  const before = stage.attempts.at(-2);
  if (before?.reason != null) return `Try ${stage.attempts.length}, after: ${firstLine(before.reason)}`;
  return firstLine(sheet?.said?.content ?? null) || 'Nothing reported yet';
}

function gateText({ stage, artifact }: Gate): string {
  const name = artifact === null ? capital(stage.name) : `${capital(stage.name)} v${artifact.version}`;
  const said = firstLine(stage.summary);
  return said === '' ? name : `${name}: ${said}`;
}

function pendingText({ gate }: CellFacts, round: ShownRound, stage: ShownStage): string {
  if (round.status !== 'running') return '';
  const before = round.stages.findLast(({ position }) => position < stage.position);
  if (before === undefined || before.status !== 'running') return '';
  if (gate?.stage.id === before.id)
    return `Starts when ${before.name}${gate.artifact === null ? '' : ` v${gate.artifact.version}`} is final`;
  return `Starts when ${before.name} has reported`;
}
