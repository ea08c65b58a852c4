import { z } from 'zod';
import { instant } from '../instant.ts';
import {
  agentId,
  artifactId,
  attemptId,
  iterationId,
  loopId,
  projectId,
  sessionId,
  sprintId,
  stageId,
} from '../ids.ts';
import { checkMove, type Transitions } from '../transitions.ts';
import { loopDefinition } from './definition.ts';

export const loopStatuses = ['running', 'paused', 'blocked', 'completed', 'failed', 'cancelled'] as const;
export type LoopStatus = (typeof loopStatuses)[number];

/** How a completed loop came to its end. */
export const loopOutcomes = [
  'approved',
  'goal_reached',
  'rounds_done',
  'limit_reached',
  'approved_by_person',
] as const;
export type LoopOutcome = (typeof loopOutcomes)[number];

/** An automated run of a definition toward a goal. */
export const loop = z.object({
  id: loopId,
  definition: z.string().describe('Name of the definition'),
  frozen: loopDefinition.describe('The definition as it was at the start, parameters filled in'),
  parameters: z.record(z.string(), z.string()),
  goal: z.string().min(1),
  sessionId,
  projectId,
  status: z.enum(loopStatuses),
  blockReason: z.string().nullable(),
  outcome: z.enum(loopOutcomes).nullable(),
  failure: z.string().nullable().describe('Why it failed'),
  round: z.number().int().nonnegative().describe('Number of the iteration under way'),
  maxIterations: z.number().int().positive(),
  deadline: instant.nullable(),
  budgetUsd: z.number().positive().nullable(),
  provider: z.string().nullable().describe('Provider for every stage; null: each role has its own'),
  model: z.string().nullable().describe('Model for every stage; null: each role has its own'),
  script: z.string().nullable().describe('File that the scripted provider plays'),
  window: z
    .string()
    .nullable()
    .describe('The window that started it last; it is the first to run its agents'),
  startedBy: z.string(),
  startedAt: instant,
  completedAt: instant.nullable(),
  updatedAt: instant,
});
export type Loop = z.infer<typeof loop>;

export const loopMoves = {
  running: ['paused', 'cancelled', 'completed', 'failed', 'blocked'],
  paused: ['running', 'cancelled'],
  blocked: ['running', 'completed', 'cancelled'],
  // A loop that stopped at a limit may be given one more round; `loop.resume` refuses the other outcomes.
  completed: ['running'],
  failed: [],
  cancelled: [],
} as const satisfies Transitions<LoopStatus>;

export const checkLoopMove = (subject: Pick<Loop, 'id' | 'status'>, to: LoopStatus) =>
  checkMove<LoopStatus>(`Loop ${subject.id}`, loopMoves, subject.status, to);

export const iterationStatuses = ['pending', 'running', 'completed', 'failed', 'needs_rework'] as const;
export type IterationStatus = (typeof iterationStatuses)[number];

/** One round of a loop. People read "Round 2". */
export const iteration = z.object({
  id: iterationId,
  loopId,
  projectId,
  sessionId,
  number: z.number().int().positive(),
  sprintId: sprintId.nullable().describe('Its sprint; null once that was deleted'),
  status: z.enum(iterationStatuses),
  outcome: z.string().nullable(),
  startedAt: instant.nullable(),
  completedAt: instant.nullable(),
});
export type Iteration = z.infer<typeof iteration>;

export const iterationMoves = {
  pending: ['running'],
  running: ['completed', 'failed', 'needs_rework'],
  completed: [],
  failed: [],
  needs_rework: [],
} as const satisfies Transitions<IterationStatus>;

export const stageStatuses = ['pending', 'running', 'completed', 'failed'] as const;
export type StageStatus = (typeof stageStatuses)[number];

export const verdicts = ['approved', 'changes_requested'] as const;
export type Verdict = (typeof verdicts)[number];

export const finding = z.object({
  title: z.string().trim().min(1).max(300).describe('What is wrong, in one line'),
  severity: z.enum(['blocker', 'major', 'minor']).default('major'),
  file: z.string().nullable().default(null),
  line: z.number().int().positive().nullable().default(null),
  detail: z.string().nullable().default(null).describe('Why, and what would do instead'),
});
export type Finding = z.infer<typeof finding>;

/** One role's turn in a round. */
export const stage = z.object({
  id: stageId,
  iterationId,
  loopId,
  projectId,
  sessionId,
  position: z.number().int().nonnegative(),
  name: z.string(),
  role: z.string(),
  status: z.enum(stageStatuses),
  artifactId: artifactId.nullable().describe('What it produced'),
  summary: z.string().nullable(),
  verdict: z.enum(verdicts).nullable(),
  findings: z.array(finding),
  notes: z.string().nullable().describe('What a person asked to change at its gate'),
  startedAt: instant.nullable(),
  completedAt: instant.nullable(),
});
export type Stage = z.infer<typeof stage>;

export const stageMoves = {
  pending: ['running'],
  running: ['completed', 'failed'],
  completed: [],
  failed: [],
} as const satisfies Transitions<StageStatus>;

/**
 * How one try ended. `finished`: its agent reported. `failed`: its agent said that it could not.
 * `unreported`: the process ended without a report. `timed_out`: the engine stopped it at its role's limit.
 * `stopped`: a person stopped it, so it is not the stage's fault. `unstartable`: nor is it where its program could
 * not be started.
 */
export const attemptOutcomes = [
  'finished',
  'failed',
  'unreported',
  'crashed',
  'timed_out',
  'stopped',
  'unstartable',
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** One try of a stage by one agent. A new attempt is a new row, never a move back. */
export const attempt = z.object({
  id: attemptId,
  stageId,
  loopId,
  projectId,
  sessionId,
  number: z.number().int().positive(),
  agentId: agentId.nullable(),
  outcome: z.enum(attemptOutcomes).nullable().describe('null while it runs'),
  reason: z.string().nullable(),
  verdict: z.enum(verdicts).nullable(),
  exitCode: z.number().int().nullable(),
  startedAt: instant,
  endedAt: instant.nullable(),
});
export type Attempt = z.infer<typeof attempt>;

/** Tries that a stage gets in all before it counts as failed (DESIGN, "Knowing the truth"). */
export const maxAttempts = 3;

export const checkStageMove = (subject: Pick<Stage, 'id' | 'name' | 'status'>, to: StageStatus) =>
  checkMove<StageStatus>(`Stage ${subject.id} (${subject.name})`, stageMoves, subject.status, to);

export const checkIterationMove = (subject: Pick<Iteration, 'number' | 'status'>, to: IterationStatus) =>
  checkMove<IterationStatus>(`Round ${subject.number}`, iterationMoves, subject.status, to);
