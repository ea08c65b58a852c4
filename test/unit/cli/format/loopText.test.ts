import assert from 'node:assert/strict';
import { loopText, timeText } from '../../../../src/cli/format/loopText.ts';
import { paintWith } from '../../../../src/cli/format/paint.ts';
import type { OutputOf } from '../../../../src/operations/client.ts';

const stage = (fields: object) => ({
  id: 'stage0000001',
  position: 0,
  name: 'plan',
  role: 'plan',
  status: 'completed',
  verdict: null,
  summary: 'Two steps.',
  findings: [],
  notes: null,
  artifactId: 'artifact0001',
  startedAt: '2026-01-05T12:00:00.000Z',
  completedAt: '2026-01-05T12:00:01.500Z',
  durationMs: 1500,
  attempts: [
    {
      number: 1,
      agentId: null,
      agent: 'calm-heron',
      outcome: 'finished',
      reason: null,
      verdict: null,
      exitCode: 0,
      durationMs: 1500,
    },
  ],
  ...fields,
});

const loop = {
  id: 'loop00000001',
  definition: 'harness',
  goal: 'Make the tests pass',
  status: 'blocked',
  blockReason: 'the same finding three times',
  outcome: null,
  failure: null,
  round: 1,
  maxIterations: 5,
  earlierRounds: 0,
  costUsd: 0.5,
  budgetLeftUsd: 1.5,
  timeLeftMs: null,
  durationMs: 64_000,
  rounds: [
    {
      number: 1,
      durationMs: 64_000,
      stages: [
        stage({}),
        stage({
          name: 'review',
          verdict: 'changes_requested',
          summary: null,
          artifactId: null,
          findings: [{ title: 'No test', severity: 'major', file: 'a.js', line: null, detail: null }],
        }),
      ],
    },
  ],
} as unknown as OutputOf<'loop.show'>;

describe('a loop as text', () => {
  it('tells what was asked, what each stage did, what was found and how it ended', () => {
    assert.equal(
      loopText(loop, paintWith(false)),
      [
        'Make the tests pass',
        'loop00000001, harness, round 1 of at most 5, cost $0.50, $1.50 left',
        '',
        'Round 1 1 min 4 s',
        '  ✓ plan    calm-heron            1.5 s',
        '      Two steps.',
        '      sloop artifact show artifact0001',
        '  ✓ review  calm-heron            1.5 s  changes requested',
        '      - No test (major, a.js)',
        'Loop blocked: the same finding three times after 1 min 4 s',
      ].join('\n'),
    );
  });

  it('says times as people do', () => {
    assert.deepEqual(
      [timeText(null), timeText(950), timeText(59_990), timeText(119_900)],
      ['', '0.9 s', '59.9 s', '1 min 59 s'],
    );
  });
});
