import { z } from 'zod';
import { instant } from '../instant.ts';
import {
  accountId,
  agentId,
  launchId,
  loopId,
  progressId,
  projectId,
  sessionId,
  sprintId,
  stageId,
  todoId,
} from '../ids.ts';
import { checkMove, type Transitions } from '../transitions.ts';

export const agentStatuses = [
  'starting',
  'running',
  'waiting_for_input',
  'idle',
  'stopped',
  'crashed',
] as const;
export type AgentStatus = (typeof agentStatuses)[number];

/** `streamed`: its event stream goes through a pipe. `interactive`: the terminal is the agent's own. */
export const agentForms = ['streamed', 'interactive'] as const;
export type AgentForm = (typeof agentForms)[number];

/** Who decided that it starts: a person or agent by `agent.start`, a loop, or dispatch. */
export const agentOrigins = ['asked', 'loop', 'dispatch'] as const;

/** Starts in a row, in all, before a person has to look. */
export const mostAttempts = 3;

/** One started agent. */
export const agent = z.object({
  id: agentId,
  name: z.string().describe('Adjective-animal, unique in the workspace'),
  role: z.string(),
  provider: z.string(),
  model: z.string().nullable(),
  effort: z.string().nullable(),
  accountId: accountId.nullable().describe("The provider's account that it uses; null: the user's own login"),
  origin: z.enum(agentOrigins),
  budgetUsd: z.number().positive().nullable().describe('It is stopped when it has cost so much'),
  form: z.enum(agentForms),
  sessionId,
  projectId: projectId.nullable(),
  sprintId: sprintId.nullable(),
  todoId: todoId.nullable(),
  loopId: loopId.nullable(),
  stageId: stageId.nullable(),
  worktreePath: z.string().nullable(),
  branch: z.string().nullable(),
  providerSessionId: z.string().nullable().describe("The provider's own session id, for an exact resume"),
  sessionNumber: z.number().int().positive().describe('1 for the first start, one more for each resume'),
  attempt: z
    .number()
    .int()
    .positive()
    .describe('Which start in a row this is since somebody asked for it; what fails is tried again'),
  status: z.enum(agentStatuses),
  reported: z.enum(['done', 'failed']).nullable().describe('What the agent itself said of its work'),
  attention: z.string().nullable().describe('Why a person should look; null when all is well'),
  pid: z.number().int().nullable().describe('Process id of its `sloop run`'),
  pidStartedAt: z
    .string()
    .nullable()
    .describe('Start time of that process as the system tells it: a pid alone may be reused'),
  exitCode: z.number().int().nullable(),
  exitSignal: z.string().nullable(),
  startRefused: z.boolean().describe('Its program could not be started; trying again alone does not help'),
  result: z.string().nullable().describe('Its report at the end, or else its last words'),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  costUsd: z.number(),
  observed: z.number().int().describe('Number of the last observation taken in; older ones are repeats'),
  lastSeenAt: instant.nullable(),
  startedBy: z.string(),
  reportedAt: instant.nullable(),
  stopRequestedBy: z.string().nullable().describe('Who asked it to stop; the engine then ends its process'),
  dismissedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
  endedAt: instant.nullable(),
});
export type Agent = z.infer<typeof agent>;

export const agentMoves = {
  starting: ['running', 'crashed', 'stopped'],
  // Back to starting where its session goes on with another account.
  running: ['waiting_for_input', 'idle', 'stopped', 'crashed', 'starting'],
  waiting_for_input: ['running', 'idle', 'stopped', 'crashed', 'starting'],
  idle: ['running', 'starting'],
  stopped: ['running', 'starting'],
  crashed: ['running', 'starting'],
} as const satisfies Transitions<AgentStatus>;

/** Statuses with (or about to have) a process. */
export const liveAgentStatuses = ['starting', 'running', 'waiting_for_input'] as const;
export const isLive = (status: AgentStatus): boolean =>
  (liveAgentStatuses as readonly AgentStatus[]).includes(status);

export const checkAgentMove = (subject: Pick<Agent, 'name' | 'status'>, to: AgentStatus) =>
  checkMove<AgentStatus>(`Agent ${subject.name}`, agentMoves, subject.status, to);

export const launchStates = ['preparing', 'ready', 'claimed', 'withdrawn'] as const;

/**
 * What `sloop run` needs to start an agent, written when the start is decided. It can be claimed once:
 * whoever comes second learns that the agent was started already.
 */
export const launch = z.object({
  id: launchId,
  agentId,
  projectId: projectId.nullable(),
  sessionId,
  sessionNumber: z.number().int().positive(),
  state: z
    .enum(launchStates)
    .describe('preparing: its worktree is being made; ready: to be claimed by `sloop run`'),
  prompt: z.string(),
  workingFolder: z.string(),
  resume: z.boolean().describe('Continue the provider session that the agent names'),
  script: z.string().nullable().describe('File that the scripted provider plays'),
  window: z.string().nullable().describe('The window that asked for it; it is the first to run it'),
  tokenHash: z
    .string()
    .nullable()
    .describe('SHA-256 of the token of this start; the token itself is never kept'),
  claimedAt: instant.nullable(),
  createdAt: instant,
});
export type Launch = z.infer<typeof launch>;

/** One line of an agent's own account of its work. */
export const progress = z.object({
  id: progressId,
  agentId,
  agentName: z.string(),
  projectId: projectId.nullable(),
  sessionId,
  todoId: todoId.nullable(),
  stageId: stageId.nullable(),
  text: z.string(),
  createdAt: instant,
});
export type Progress = z.infer<typeof progress>;
