import type {
  LogLine,
  ShownAgent,
  ShownArtifact,
  ShownLoop,
  ShownRound,
  ShownStage,
} from '../../../src/protocol/loop.ts';

/** What is known of one agent: its row, and the last thing it said in its own stream. */
export interface AgentSheet {
  readonly agent: ShownAgent;
  readonly said: Pick<LogLine, 'content' | 'time'> | null;
}

/** All that the view shows, as it was read at one moment. It is never changed, only replaced. */
export interface Snapshot {
  readonly loop: ShownLoop;
  /** When `loop` was read, in milliseconds of this machine: running clocks go on from there. */
  readonly readAt: number;
  /** Agents at work and of the chosen stage, by id. */
  readonly agents: ReadonlyMap<string, AgentSheet>;
  /** What waits at the loop's gate, once it is read. */
  readonly gateArtifact: ShownArtifact | null;
}

/** A place in the grid: a round and the stage's position in it, as `2:1`. */
export type CellKey = string;

export const cellKey = (round: number, position: number): CellKey => `${round}:${position}`;

export interface Gate {
  readonly key: CellKey;
  readonly stage: ShownStage;
  readonly round: ShownRound;
  readonly artifactId: string;
  /** null until it is read. */
  readonly artifact: ShownArtifact | null;
}

/** Where the loop waits for a person to review an artifact; null where it does not. Follows `loop.resume`'s own rule. */
export function gateOf({ loop, gateArtifact }: Pick<Snapshot, 'loop' | 'gateArtifact'>): Gate | null {
  if (loop.status !== 'blocked') return null;
  const round = loop.rounds.at(-1);
  const stage = round?.stages.find(({ status }) => status === 'running');
  if (round === undefined || stage === undefined || stage.artifactId === null) return null;
  if (!loop.gates.includes(stage.name) || stage.attempts.at(-1)?.outcome !== 'finished') return null;
  const artifact = gateArtifact?.id === stage.artifactId ? gateArtifact : null;
  if (artifact !== null && artifact.stage !== 'review') return null;
  return { key: cellKey(round.number, stage.position), stage, round, artifactId: stage.artifactId, artifact };
}

export const hasEnded = ({ status }: Pick<ShownLoop, 'status'>): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled';

/** The agent whose try of a stage runs now; null where none does. */
export function liveAgentOf(stage: ShownStage): string | null {
  const last = stage.attempts.at(-1);
  return stage.status === 'running' && last !== undefined && last.outcome === null ? last.agentId : null;
}
