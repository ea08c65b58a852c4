import { commandIds } from '../../commandIds.ts';
import type { LoopRow, RoundRow, StageRow } from '../model/entity.ts';
import { blue, facts, green, muted, red, yellow, type Icon, type Look } from './look.ts';
import { clock, count, firstLine, plain } from './words.ts';

const open = (loop: string): NonNullable<Look['click']> => ({
  command: commandIds.openLoop,
  title: 'Open the Loop',
  arguments: [loop],
});

export function loopLook(loop: LoopRow): Look {
  const said = loopText(loop);
  const label = firstLine(loop.goal);
  return {
    label,
    description: said,
    icon: loopIcon(loop),
    context: `loop.${loop.status}${loop.outcome === 'limit_reached' ? '.limit' : ''}`,
    spoken: `Loop ${label}, ${facts(plain(loop.status), said)}`,
    click: open(loop.id),
  };
}

function loopIcon({ status, outcome }: LoopRow): Icon {
  switch (status) {
    case 'running':
      return { name: 'sync', color: blue };
    case 'paused':
      return { name: 'debug-pause', color: muted };
    case 'blocked':
      return { name: 'bell-dot', color: yellow };
    case 'completed':
      return outcome === 'limit_reached'
        ? { name: 'watch', color: yellow }
        : { name: 'pass-filled', color: green };
    case 'failed':
      return { name: 'error', color: red };
    case 'cancelled':
      return { name: 'circle-slash', color: muted };
  }
}

function loopText({ status, outcome, round, maxIterations }: LoopRow): string {
  switch (status) {
    case 'running':
      return `round ${Math.max(round, 1)} of ${maxIterations}`;
    case 'paused':
      return `paused, round ${round}`;
    case 'blocked':
      return 'waits for you';
    case 'completed':
      return outcome === 'limit_reached'
        ? `stopped at round ${round} of ${maxIterations}`
        : facts(endedHow(outcome), count(round, 'round'));
    case 'failed':
      return `failed in round ${round}`;
    case 'cancelled':
      return 'stopped by you';
  }
}

function endedHow(outcome: LoopRow['outcome']): string {
  switch (outcome) {
    case 'approved':
      return 'approved';
    case 'approved_by_person':
      return 'approved by you';
    case 'goal_reached':
      return 'goal reached';
    case 'rounds_done':
    case 'limit_reached':
    case null:
      return 'done';
  }
}

/** How long its agents were at work: what a gate waits for a person is not counted, here as in the loop view. */
const worked = ({ attempts }: Pick<StageRow, 'attempts'>): number =>
  attempts.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);

export function roundLook(loop: LoopRow, { number, status, startedAt, stages }: RoundRow): Look {
  const ms = stages.reduce((sum, stage) => sum + worked(stage), 0);
  const took = startedAt === null || status === 'running' ? null : clock(ms);
  const label = `Round ${number}`;
  const gate = status === 'running' && loop.status === 'blocked';
  const said = facts(gate ? 'waits for you' : roundText(status), took);
  return {
    label,
    description: said,
    icon: gate ? { name: 'bell-dot', color: yellow } : roundIcons[status],
    context: `round.${status}`,
    spoken: `${label}, ${said}`,
  };
}

const roundText = (status: RoundRow['status']): string | null =>
  status === 'completed' ? null : plain(status);

const roundIcons: Readonly<Record<RoundRow['status'], Icon>> = {
  pending: { name: 'circle-large', color: muted },
  running: { name: 'sync', color: blue },
  completed: { name: 'pass-filled', color: green },
  failed: { name: 'error', color: red },
  needs_rework: { name: 'request-changes', color: yellow },
};

/** A click opens what the stage made, else its agent. */
export function stageLook(stage: StageRow, waits: boolean): Look {
  const said = stageText(stage, waits);
  const agent = stage.attempts.at(-1)?.agentId ?? null;
  return {
    label: stage.name,
    description: said,
    icon: stageIcon(stage, waits),
    context: `stage.${stage.status}${agent === null ? '' : '.agent'}${stage.artifactId === null ? '' : '.output'}`,
    spoken: `Stage ${stage.name}, ${facts(plain(stage.status), said)}`,
    ...stageClick(stage, agent),
  };
}

function stageText(stage: StageRow, waits: boolean): string {
  const { status, verdict, attempts, findings } = stage;
  const agent = attempts.at(-1)?.agent ?? null;
  if (waits) return 'waits for your review';
  switch (status) {
    case 'pending':
      return 'not started';
    case 'running':
      return facts(agent, attempts.length > 1 ? `attempt ${attempts.length}` : 'running');
    case 'completed':
      if (verdict === 'approved') return facts('approved', agent);
      if (verdict === 'changes_requested')
        return facts('changes requested', count(findings.length, 'finding'));
      return facts(agent, clock(worked(stage)));
    case 'failed':
      return facts('failed', agent);
  }
}

function stageIcon({ status, verdict }: StageRow, waits: boolean): Icon {
  if (waits) return { name: 'bell-dot', color: yellow };
  switch (status) {
    case 'pending':
      return { name: 'circle-large', color: muted };
    case 'running':
      return { name: 'sync', color: blue };
    case 'completed':
      return verdict === 'changes_requested'
        ? { name: 'request-changes', color: yellow }
        : { name: 'pass-filled', color: green };
    case 'failed':
      return { name: 'error', color: red };
  }
}

function stageClick({ artifactId, status }: StageRow, agent: string | null): Pick<Look, 'click'> {
  if (artifactId !== null && status !== 'running')
    return { click: { command: commandIds.openArtifact, title: 'Open Its Output', arguments: [artifactId] } };
  if (agent === null) return {};
  return { click: { command: commandIds.openAgent, title: 'Open Its Agent', arguments: [agent] } };
}
