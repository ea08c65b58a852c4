import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ShownLoop } from '../../../../src/protocol/loop.ts';
import { findingsHistory } from '../../../../webview-ui/loop/model/findings.ts';
import { decisionsOf, versionAt, type StoryFacts } from '../../../../webview-ui/loop/model/gateEvents.ts';
import { resultOf } from '../../../../webview-ui/loop/model/result.ts';
import { storyOf, waitText } from '../../../../webview-ui/loop/model/story.ts';
import {
  aDoneStage,
  aFinding,
  aLoop,
  anApprovedRound,
  anAttempt,
  aRound,
  aReworkedRound,
  aStage,
  at,
  idOf,
} from '../../../support/loopFixtures.ts';

const none: StoryFacts = { changes: [], versions: [] };

const told = (loop: ShownLoop, facts = none) =>
  storyOf(loop, findingsHistory(loop), facts).map((item) =>
    item.kind === 'round' ? `Round ${item.number}` : `${item.head} | ${item.who} | ${item.text}`,
  );

const approved = aLoop({
  status: 'completed',
  outcome: 'approved',
  completedAt: at(20),
  budgetUsd: 5,
  rounds: [aReworkedRound(1, [aFinding('a'), aFinding('b')]), anApprovedRound(2)],
});

describe('the story of a loop', () => {
  it('tells what was asked, what was changed and why it was approved', () => {
    assert.deepEqual(told(approved), [
      'Asked | you | Make the rate limiter pass its tests\nLimits: 5 rounds, $5.00.',
      'Round 1',
      'Planned | swift-heron | plan is done',
      'Changed | brave-otter | code is done',
      'Reviewed | calm-lynx: changes requested | 2 findings.\nNot there yet.',
      'Round 2',
      'Planned | swift-heron | plan is done',
      'Fixed | brave-otter | code is done',
      'Approved | calm-lynx | 2 fixed, none left.\nAll is as it should be.',
    ]);
  });

  it('tells what the person decided at a gate, when, and about which version', () => {
    const plan = idOf<string>('plan');
    const round = aRound(
      1,
      [
        aDoneStage('plan', 'swift-heron', 2, {
          artifactId: idOf('plan'),
          notes: '- smaller steps',
          completedAt: at(9),
        }),
        aDoneStage('code', 'brave-otter', 1, { startedAt: at(9), completedAt: at(10) }),
      ],
      { status: 'failed' },
    );
    const change = (minute: number, from: string, to: string, caller = 'person') => ({
      artifact: plan,
      time: at(minute),
      caller,
      from,
      to,
    });
    const facts: StoryFacts = {
      changes: [
        change(2, 'draft', 'review', 'engine'),
        change(4, 'review', 'draft'),
        change(5, 'draft', 'review', 'engine'),
        change(9, 'review', 'final'),
      ],
      versions: [
        { artifact: plan, version: 1, time: at(2) },
        { artifact: plan, version: 2, time: at(5) },
      ],
    };
    const story = told(aLoop({ status: 'cancelled', completedAt: at(11), rounds: [round] }), facts);
    assert.deepEqual(story.slice(2), [
      'Planned | swift-heron | ',
      'You asked to change plan v1 | after 2 min | Asked for:\n- smaller steps',
      'Planned | swift-heron | plan is done',
      'You approved plan v2 | after 4 min | ',
      'Changed | brave-otter | code is done',
      'Stopped |  | No finding was open.',
    ]);
    assert.deepEqual(
      decisionsOf(facts).map(({ version, waitedMs }) => [version, waitedMs]),
      [
        [1, 120_000],
        [2, 240_000],
      ],
    );
    assert.equal(versionAt(facts, plan, at(1)), null);
  });

  it('tells how it ended otherwise', () => {
    const end = (fields: Partial<ShownLoop>) => told(aLoop({ completedAt: at(30), ...fields })).at(-1);
    const rounds = [
      {
        ...aReworkedRound(1, [aFinding('a')]),
        outcome: 'changes requested (1 finding); round 1 of 1 was the last one allowed',
      },
    ];
    assert.equal(
      end({ status: 'completed', outcome: 'limit_reached', rounds }),
      'Stopped at a limit |  | Changes requested (1 finding); round 1 of 1 was the last one allowed. 1 finding left open.',
    );
    assert.equal(
      end({ status: 'completed', outcome: 'approved_by_person', rounds }),
      'You approved it |  | 1 finding left open.',
    );
    assert.equal(
      end({ status: 'failed', failure: 'Round 1, code: it crashed', rounds }),
      'Failed |  | Round 1, code: it crashed',
    );
    assert.equal(
      end({ status: 'completed', outcome: 'rounds_done', rounds }),
      'Done |  | It went through 1 round, as many as it was given.',
    );
  });

  it('tells of tries that failed before one did not', () => {
    const code = aStage('code', {
      status: 'completed',
      summary: 'written',
      attempts: [
        anAttempt('calm-lynx', { outcome: 'crashed', reason: 'it crashed' }),
        anAttempt('brave-otter', { number: 2 }),
      ],
    });
    assert.ok(
      told(aLoop({ rounds: [aRound(1, [code])] })).includes(
        'Changed | brave-otter | written\nTry 1: it crashed',
      ),
    );
  });

  it('tells why a stage failed once, its last try in full', () => {
    const code = aStage('code', {
      status: 'failed',
      summary: '2 tries failed; the last: no\nidentity',
      attempts: ['cold\nvery', 'no\nidentity'].map((reason, index) =>
        anAttempt('brave-otter', { number: index + 1, outcome: 'crashed', reason }),
      ),
    });
    const loop = aLoop({
      status: 'failed',
      failure: 'Round 1, code: no\nidentity',
      completedAt: at(9),
      rounds: [aRound(1, [code], { status: 'failed' })],
    });
    assert.deepEqual(told(loop).slice(2), [
      'Code failed | brave-otter | Try 1: cold\nTry 2: no\nidentity',
      'Failed |  | Round 1, code: no',
    ]);
  });

  it('says waits as people do', () => {
    assert.deepEqual([400, 40_000, 240_000, 10_800_000].map(waitText), ['1 s', '40 s', '4 min', '3 h']);
  });
});

describe('the result of a loop', () => {
  it('counts rounds and findings and says why it ended', () => {
    const result = resultOf(approved, findingsHistory(approved), none);
    assert.deepEqual(
      result.figures.map(({ value, word }) => `${value} ${word}`),
      ['2 rounds', '2 / 2 findings fixed'],
    );
    assert.equal(result.why, 'calm-lynx approved round 2, with no finding open. All is as it should be.');
    assert.deepEqual([result.found, result.fixed], ['2 in 2 rounds', '2']);
  });

  it('says what is left open and what came back', () => {
    const [a, b] = [aFinding('a'), aFinding('b')];
    const rounds = [aReworkedRound(1, [a, b]), aReworkedRound(2, [b])];
    const loop = aLoop({ status: 'completed', outcome: 'limit_reached', rounds });
    const result = resultOf(loop, findingsHistory(loop), none);
    assert.deepEqual(
      result.figures.map(({ value, word }) => `${value} ${word}`),
      ['2 rounds', '1 / 2 findings fixed', '1 left open'],
    );
    assert.equal(result.fixed, '1; 1 came back on the way');
  });

  it('lists the newest output of each stage with its version', () => {
    const rounds = [1, 2].map((number) =>
      aRound(number, [aDoneStage('plan', `agent-${number}`, 1, { artifactId: idOf('plan') })]),
    );
    const loop = aLoop({ status: 'cancelled', rounds });
    const versions = [1, 2].map((version) => ({
      artifact: idOf<string>('plan'),
      version,
      time: at(version),
    }));
    assert.deepEqual(resultOf(loop, findingsHistory(loop), { changes: [], versions }).outputs, [
      { artifact: 'plan00000000', version: 2, name: 'Plan', agent: 'agent-2' },
    ]);
  });
});
