import type {
  ShownAgent,
  ShownArtifact,
  ShownFinding,
  ShownLoop,
  ShownRound,
  ShownStage,
} from '../../src/protocol/loop.ts';
import type { Snapshot } from '../../webview-ui/loop/model/snapshot.ts';

/** Rows as `loop.show` gives them. What a test does not name is a harness loop of three stages that runs. */

const base = Date.parse('2026-03-02T09:12:00.000Z');

/** The moment so many minutes after the loop began. */
export const at = (minutes: number) =>
  new Date(base + minutes * 60_000).toISOString() as ShownLoop['startedAt'];

/** An id as rows have it: ten letters made of a name. */
export const idOf = <Id extends string>(name: string): Id =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .padEnd(12, '0')
    .slice(0, 12) as Id;

export const aFinding = (title: string, fields: Partial<ShownFinding> = {}): ShownFinding => ({
  title,
  severity: 'major',
  file: null,
  line: null,
  detail: null,
  key: `${fields.file ?? ''}|${title.toLowerCase()}`,
  ...fields,
});

type Attempt = ShownStage['attempts'][number];

export const anAttempt = (agent: string, fields: Partial<Attempt> = {}): Attempt => ({
  number: 1,
  agentId: idOf(agent),
  agent,
  outcome: 'finished',
  reason: null,
  verdict: null,
  exitCode: 0,
  durationMs: 60_000,
  ...fields,
});

/** A stage that has not begun, unless fields say more. */
export const aStage = (name: string, fields: Partial<ShownStage> = {}): ShownStage => ({
  id: idOf(`stage ${name}`),
  position: ['plan', 'code', 'review'].indexOf(name),
  name,
  role: { plan: 'plan', code: 'coder', review: 'reviewer' }[name] ?? name,
  status: 'pending',
  verdict: null,
  summary: null,
  findings: [],
  notes: null,
  artifactId: null,
  startedAt: null,
  completedAt: null,
  durationMs: null,
  attempts: [],
  ...fields,
});

/** A stage that one agent finished in so many minutes. */
export const aDoneStage = (
  name: string,
  agent: string,
  minutes: number,
  fields: Partial<ShownStage> = {},
): ShownStage =>
  aStage(name, {
    status: 'completed',
    summary: `${name} is done`,
    durationMs: minutes * 60_000,
    attempts: [anAttempt(agent, { durationMs: minutes * 60_000, verdict: fields.verdict ?? null })],
    ...fields,
  });

/** A stage at which an agent works. */
export const aRunningStage = (
  name: string,
  agent: string,
  minutes: number,
  fields: Partial<ShownStage> = {},
): ShownStage =>
  aStage(name, {
    status: 'running',
    durationMs: minutes * 60_000,
    attempts: [anAttempt(agent, { outcome: null, exitCode: null, durationMs: minutes * 60_000 })],
    ...fields,
  });

/** A review that asked for changes. */
export const aReview = (agent: string, findings: readonly ShownFinding[], fields: Partial<ShownStage> = {}) =>
  aDoneStage('review', agent, 2, {
    verdict: 'changes_requested',
    summary: 'Not there yet.',
    findings: [...findings],
    ...fields,
  });

/** Stages that are not given have not begun. Their ids name the round; they follow each other without a pause. */
export function aRound(
  number: number,
  stages: readonly ShownStage[] = [],
  fields: Partial<ShownRound> = {},
): ShownRound {
  const all = ['plan', 'code', 'review'].map(
    (name) => stages.find((stage) => stage.name === name) ?? aStage(name),
  );
  let minute = number * 10 - 10;
  const timed = all.map((stage): ShownStage => {
    if (stage.status === 'pending') return stage;
    const startedAt = at(minute);
    minute += (stage.durationMs ?? 0) / 60_000;
    return {
      ...stage,
      startedAt,
      completedAt: stage.status === 'running' ? null : at(minute),
      ...given(stage),
    };
  });
  return {
    number,
    status: 'running',
    outcome: null,
    sprintId: null,
    startedAt: at(number * 10 - 10),
    completedAt: null,
    durationMs: 600_000,
    stages: timed.map((stage) => ({ ...stage, id: idOf(`r${number}s${stage.position}`) })),
    ...fields,
  };
}

/** Times that a test set by itself stay. */
const given = ({ startedAt, completedAt }: ShownStage) => ({
  ...(startedAt === null ? {} : { startedAt }),
  ...(completedAt === null ? {} : { completedAt }),
});

/** A round whose review asked for changes. */
export const aReworkedRound = (number: number, findings: readonly ShownFinding[]): ShownRound =>
  aRound(
    number,
    [
      aDoneStage('plan', 'swift-heron', 2),
      aDoneStage('code', 'brave-otter', 6),
      aReview('calm-lynx', findings),
    ],
    {
      status: 'needs_rework',
      outcome: `changes requested (${findings.length} findings)`,
      completedAt: at(number * 10),
    },
  );

/** A round whose review approved it. */
export const anApprovedRound = (number: number): ShownRound =>
  aRound(
    number,
    [
      aDoneStage('plan', 'swift-heron', 2),
      aDoneStage('code', 'brave-otter', 6),
      aDoneStage('review', 'calm-lynx', 2, { verdict: 'approved', summary: 'All is as it should be.' }),
    ],
    { status: 'completed', outcome: 'approved', completedAt: at(number * 10) },
  );

export function aLoop(fields: Partial<ShownLoop> = {}): ShownLoop {
  const rounds = fields.rounds ?? [aRound(1, [aRunningStage('plan', 'swift-heron', 1)])];
  const round = rounds.at(-1)?.number ?? 0;
  const maxIterations = fields.maxIterations ?? 5;
  return {
    id: idOf('loop'),
    definition: 'harness',
    parameters: {},
    goal: 'Make the rate limiter pass its tests',
    sessionId: idOf('session'),
    projectId: idOf('project'),
    status: 'running',
    blockReason: null,
    outcome: null,
    failure: null,
    round,
    maxIterations,
    deadline: null,
    budgetUsd: null,
    provider: null,
    model: null,
    script: null,
    startedBy: 'person',
    startedAt: at(0),
    completedAt: null,
    updatedAt: at(0),
    roles: ['plan', 'code', 'review'],
    gates: [],
    endsBy: 'verdict',
    costUsd: 0,
    durationMs: round * 600_000,
    workedMs: round * 600_000,
    roundsLeft: Math.max(0, maxIterations - round),
    budgetLeftUsd: null,
    timeLeftMs: null,
    earlierRounds: 0,
    ...fields,
    rounds,
  };
}

/** A loop that stands at the gate of its newest round's plan. */
export const aLoopAtGate = (fields: Partial<ShownLoop> = {}, before: readonly ShownRound[] = []): ShownLoop =>
  aLoop({
    status: 'blocked',
    blockReason: 'plan: artifact plan00000000 waits for your review.',
    gates: ['plan'],
    rounds: [
      ...before,
      aRound(before.length + 1, [
        aRunningStage('plan', 'swift-heron', 1.3, {
          attempts: [anAttempt('swift-heron', { durationMs: 78_000 })],
          summary: '4 steps, 2 of them new',
          artifactId: idOf('plan'),
        }),
      ]),
    ],
    ...fields,
  });

export const anArtifact = (name: string, fields: Partial<ShownArtifact> = {}): ShownArtifact => ({
  id: idOf(name),
  title: `${name}: Make the rate limiter pass its tests`,
  type: 'plan',
  stage: 'review',
  version: 3,
  content: '# Plan',
  language: 'markdown',
  filepath: null,
  metadata: {},
  sessionId: idOf('session'),
  projectId: idOf('project'),
  sprintId: null,
  parentId: null,
  sortOrder: 0,
  persistent: true,
  createdBy: 'swift-heron',
  createdAt: at(1),
  updatedAt: at(1),
  newestVersion: 3,
  versionAuthor: 'swift-heron',
  changeSummary: 'Round 3, by swift-heron',
  openComments: 0,
  pages: [],
  pageCount: 0,
  ...fields,
});

export const aShownAgent = (name: string, fields: Partial<ShownAgent> = {}): ShownAgent => ({
  id: idOf(name),
  name,
  role: 'coder',
  provider: 'claude',
  model: null,
  effort: null,
  accountId: null,
  origin: 'loop',
  budgetUsd: null,
  form: 'streamed',
  sessionId: idOf('session'),
  projectId: idOf('project'),
  sprintId: null,
  todoId: null,
  loopId: idOf('loop'),
  stageId: null,
  worktreePath: null,
  branch: null,
  providerSessionId: null,
  sessionNumber: 1,
  attempt: 1,
  status: 'running',
  reported: null,
  attention: null,
  pid: 4242,
  pidStartedAt: null,
  exitCode: null,
  exitSignal: null,
  startRefused: false,
  result: null,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  observed: 0,
  lastSeenAt: null,
  startedBy: 'engine',
  reportedAt: null,
  stopRequestedBy: null,
  dismissedAt: null,
  createdAt: at(0),
  updatedAt: at(0),
  endedAt: null,
  progress: [],
  progressCount: 0,
  parkedOn: [],
  notResumable: null,
  prompt: null,
  ...fields,
});

/** Read at minute 60. */
export const aSnapshot = (loop: ShownLoop, fields: Partial<Snapshot> = {}): Snapshot => ({
  loop,
  readAt: base + 3_600_000,
  agents: new Map(),
  gateArtifact: null,
  ...fields,
});
