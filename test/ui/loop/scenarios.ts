import type { ShownAgent, ShownArtifact, ShownLoop } from '../../../src/protocol/loop.ts';
import {
  aDoneStage,
  aFinding,
  aLoop,
  aLoopAtGate,
  anApprovedRound,
  anArtifact,
  anAttempt,
  aReview,
  aRound,
  aReworkedRound,
  aRunningStage,
  aShownAgent,
  aStage,
  at,
  idOf,
} from '../../support/loopFixtures.ts';

/** A loop with what the extension would answer about it. */
export interface Scenario {
  readonly loop: ShownLoop;
  readonly agents?: readonly ShownAgent[];
  readonly artifacts?: readonly ShownArtifact[];
  /** What became of artifacts' stages, as the trail has it. */
  readonly changes?: readonly { artifact: string; time: string; from: string; to: string; caller: string }[];
  readonly said?: string;
  /** Operations are refused with these words. */
  readonly refusal?: string;
}

const wallClock = aFinding('Refill uses the wall clock, so a step fills it', {
  severity: 'blocker',
  file: 'src/limiter/rateLimiter.ts',
  line: 41,
  detail: 'A clock that is set back stops the refill; use `performance.now()`.',
});
const burst = aFinding('Burst above capacity is allowed once after idle', {
  severity: 'blocker',
  file: 'src/limiter/rateLimiter.ts',
  line: 58,
});
const rounding = aFinding('retryAfter is rounded down to 0', { file: 'src/limiter/headers.ts', line: 12 });
const names = aFinding('Two test names do not say the rule', { severity: 'minor' });
const unbounded = aFinding('Window map grows without a bound', { file: 'src/limiter/window.ts', line: 9 });

const firstRound = aRound(
  1,
  [
    aDoneStage('plan', 'swift-heron', 130 / 60, {
      summary: '4 steps, tests first',
      artifactId: idOf('plan'),
    }),
    aDoneStage('code', 'brave-otter', 348 / 60, {
      summary: 'Bucket and window written. 9 of 14 tests pass.',
      artifactId: idOf('code'),
    }),
    aReview('calm-lynx', [wallClock, burst, rounding, names], {
      summary: 'Wall clock, and a burst after idle.',
      artifactId: idOf('review'),
      completedAt: at(10),
    }),
  ],
  { status: 'needs_rework', outcome: 'changes requested (4 findings)', completedAt: at(10) },
);

const secondRound = aRound(
  2,
  [
    aDoneStage('plan', 'quiet-ibis', 84 / 60, {
      summary: 'Fix 4 findings, test first',
      artifactId: idOf('plan'),
      completedAt: at(12),
    }),
    aDoneStage('code', 'bold-marten', 422 / 60, {
      summary: '3 of 4 findings. 13 of 14 tests pass.',
      artifactId: idOf('code'),
      completedAt: at(19),
    }),
    aReview('keen-tern', [burst, unbounded], {
      summary: 'Burst after idle again; the window map grows without a bound.',
      artifactId: idOf('review'),
      completedAt: at(21),
    }),
  ],
  { status: 'needs_rework', outcome: 'changes requested (2 findings)', completedAt: at(21) },
);

const limits = {
  deadline: at(60),
  timeLeftMs: 42 * 60_000,
  budgetUsd: 5,
  costUsd: 0.84,
  budgetLeftUsd: 4.16,
} satisfies Partial<ShownLoop>;

const coder = aShownAgent('bold-marten', {
  inputTokens: 41_200,
  outputTokens: 6800,
  costUsd: 0.26,
  model: 'sonnet',
  branch: 'loop/limiter-coder',
  progress: [{ text: '12 of 14 tests pass so far', createdAt: at(17.6) }],
  prompt:
    '## Your task\n\n### Loop: harness\n\nPlan, code, review.\n\n### Goal\n\nMake it pass.\n\n### Your task\n\nFix the 4 findings of round 1. Write a failing test for each first. Touch only `src/limiter` and its tests.\n\n## How to report\n\nFinish with stage_finish.',
});

const running: Scenario = {
  loop: aLoop({
    ...limits,
    workedMs: (18 * 60 + 4) * 1000,
    rounds: [
      firstRound,
      aRound(2, [
        aDoneStage('plan', 'quiet-ibis', 84 / 60, {
          summary: 'Fix 4 findings, test first',
          artifactId: idOf('plan'),
        }),
        aRunningStage('code', 'bold-marten', 400 / 60),
      ]),
    ],
  }),
  agents: [coder],
  said: 'Monotonic clock is in. 12 of 14 tests pass; next is `retryAfter`, which still rounds down to 0.',
};

const gate: Scenario = {
  loop: aLoopAtGate({ ...limits, timeLeftMs: 38 * 60_000, costUsd: 1.09, workedMs: 1_296_000 }, [
    firstRound,
    secondRound,
  ]),
  artifacts: [anArtifact('plan')],
  agents: [
    aShownAgent('swift-heron', {
      role: 'plan',
      status: 'idle',
      costUsd: 0.07,
      inputTokens: 12_400,
      outputTokens: 1900,
      progress: [
        {
          text: 'Step 3 drops keys early, which costs a little accuracy at the window edge. Say so if you need it exact.',
          createdAt: at(23),
        },
      ],
    }),
  ],
};

const thirdRound = aRound(
  3,
  [
    aDoneStage('plan', 'swift-heron', 1.3, {
      summary: '4 steps, 2 of them new',
      artifactId: idOf('plan'),
      startedAt: at(22),
      completedAt: at(27),
    }),
    aDoneStage('code', 'brave-otter', 5, {
      summary: 'Both findings. 14 of 14 tests pass.',
      artifactId: idOf('code'),
      startedAt: at(27),
      completedAt: at(32),
    }),
    aDoneStage('review', 'calm-lynx', 2, {
      verdict: 'approved',
      summary: 'Every rule of the limiter has a test, and each of them holds under random clocks.',
      artifactId: idOf('review'),
      startedAt: at(32),
      completedAt: at(34),
    }),
  ],
  { status: 'completed', outcome: 'approved', completedAt: at(34), startedAt: at(22) },
);

const approved: Scenario = {
  loop: aLoop({
    ...limits,
    gates: ['plan'],
    status: 'completed',
    outcome: 'approved',
    completedAt: at(34),
    costUsd: 1.42,
    workedMs: 1_852_000,
    rounds: [firstRound, secondRound, thirdRound],
  }),
  changes: [
    { artifact: idOf('plan'), time: at(23), from: 'draft', to: 'review', caller: 'engine' },
    { artifact: idOf('plan'), time: at(27), from: 'review', to: 'final', caller: 'person' },
  ],
};

const twelve = Array.from({ length: 12 }, (_, index) =>
  aReworkedRound(index + 1, index % 2 === 0 ? [wallClock, rounding] : [burst, rounding]),
);

const longGoal = `Make the rate limiter of the public gateway pass its tests under every clock that the property tests can think of, without touching the headers\n\n${'Each bucket refills by the monotonic clock, bursts never exceed the capacity, and `retryAfter` is rounded up. '.repeat(12)}`;

/** Every state that the view can be in, by name. */
export const scenarios = {
  running,
  gate,
  approved,
  first: {
    loop: aLoop({ rounds: [aRound(1, [aRunningStage('plan', 'swift-heron', 0.2)])] }),
    agents: [aShownAgent('swift-heron', { status: 'starting' })],
  },
  empty: { loop: aLoop({ rounds: [] }) },
  twelve: {
    loop: aLoop({
      ...limits,
      maxIterations: 20,
      rounds: [...twelve, aRound(13, [aRunningStage('plan', 'swift-heron', 1)])],
      roundsLeft: 7,
      earlierRounds: 4,
      costUsd: 4.4,
    }),
  },
  stuck: {
    loop: aLoop({
      status: 'blocked',
      blockReason:
        'The review asked for the same changes 3 rounds running. Resume the loop for another round, approve it as it is, or stop it.',
      rounds: [1, 2, 3].map((number) => aReworkedRound(number, [burst, rounding])),
    }),
  },
  limit: {
    loop: aLoop({
      status: 'completed',
      outcome: 'limit_reached',
      completedAt: at(50),
      maxIterations: 2,
      rounds: [
        firstRound,
        { ...secondRound, outcome: 'changes requested (2 findings); round 2 of 2 was the last one allowed' },
      ],
    }),
  },
  failed: {
    loop: aLoop({
      status: 'failed',
      completedAt: at(30),
      failure: 'Round 1, code: 3 attempts, none finished. brave-otter crashed (exit code 1).',
      rounds: [
        aRound(
          1,
          [
            aDoneStage('plan', 'swift-heron', 2),
            aStage('code', {
              status: 'failed',
              startedAt: at(2),
              completedAt: at(30),
              summary: '3 tries failed; the last: brave-otter crashed (exit code 1).',
              attempts: [1, 2, 3].map((number) =>
                anAttempt(['bold-marten', 'keen-tern', 'brave-otter'][number - 1] ?? '', {
                  number,
                  outcome: 'crashed',
                  exitCode: 1,
                  reason: 'crashed (exit code 1): the provider said “model is overloaded”.',
                }),
              ),
            }),
          ],
          { status: 'failed', outcome: 'code failed', completedAt: at(30) },
        ),
      ],
    }),
  },
  cancelled: {
    loop: aLoop({
      status: 'cancelled',
      completedAt: at(20),
      rounds: [
        firstRound,
        aRound(
          2,
          [
            aStage('plan', {
              status: 'failed',
              summary: 'The loop was stopped.',
              startedAt: at(12),
              completedAt: at(20),
              attempts: [
                anAttempt('quiet-ibis', { outcome: 'stopped', reason: 'quiet-ibis was stopped by person.' }),
              ],
            }),
          ],
          { status: 'failed', outcome: 'stopped' },
        ),
      ],
    }),
  },
  stopped: {
    loop: aLoop({
      status: 'blocked',
      blockReason: 'code: brave-otter was stopped by person. Resume the loop to start the stage again.',
      rounds: [
        aRound(1, [
          aDoneStage('plan', 'swift-heron', 2),
          aStage('code', {
            status: 'running',
            attempts: [
              anAttempt('brave-otter', { outcome: 'stopped', reason: 'brave-otter was stopped by person.' }),
            ],
          }),
        ]),
      ],
    }),
  },
  paused: { loop: { ...running.loop, status: 'paused' as const }, agents: [coder] },
  asks: {
    ...running,
    agents: [
      {
        ...coder,
        status: 'waiting_for_input' as const,
        progress: [{ text: 'Asked the person: may the window be approximate?', createdAt: at(18) }],
      },
    ],
  },
  longGoal: { ...running, loop: { ...running.loop, goal: longGoal } },
  clean: {
    loop: aLoop({
      status: 'completed',
      outcome: 'approved',
      completedAt: at(10),
      rounds: [anApprovedRound(1)],
    }),
  },
  refused: { ...running, refusal: 'Loop loop00000000 is completed: it cannot become paused.' },
  missing: { loop: running.loop, refusal: 'There is no loop loop00000000.' },
} satisfies Record<string, Scenario>;
