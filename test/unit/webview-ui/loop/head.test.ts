import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { loopOutcomes, loopStatuses } from '../../../../src/domain/loop/loop.ts';
import { announcement } from '../../../../webview-ui/loop/model/announcement.ts';
import { bannerOf } from '../../../../webview-ui/loop/model/banner.ts';
import { shownMs, still, ticking, untilNextSecond } from '../../../../webview-ui/shared/clock.ts';
import { approveQuestion, stopQuestion } from '../../../../webview-ui/loop/model/confirmation.ts';
import { findingsHistory } from '../../../../webview-ui/loop/model/findings.ts';
import { limitBars, spentText } from '../../../../webview-ui/loop/model/limits.ts';
import { loopMark, stageIcon } from '../../../../webview-ui/loop/model/mark.ts';
import type { Snapshot } from '../../../../webview-ui/loop/model/snapshot.ts';
import { taskOf } from '../../../../webview-ui/loop/model/task.ts';
import * as words from '../../../../webview-ui/shared/words.ts';
import {
  aDoneStage,
  aFinding,
  aLoop,
  aLoopAtGate,
  anArtifact,
  aRound,
  aReworkedRound,
  aRunningStage,
  aSnapshot,
  at,
} from '../../../support/loopFixtures.ts';

const banner = (snapshot: Snapshot) => bannerOf(snapshot, findingsHistory(snapshot.loop), snapshot.readAt);

describe('limits', () => {
  it('are bars of what is used up, near their end from 80 % on', () => {
    const loop = aLoop({
      rounds: [aRound(2)],
      deadline: at(60),
      timeLeftMs: 42 * 60_000,
      budgetUsd: 5,
      costUsd: 4.2,
    });
    assert.deepEqual(limitBars(loop, 0, 0), [
      { name: 'rounds', text: 'Round 2 of 5', percent: 40, isNear: false },
      { name: 'time', text: '18 of 60 min', percent: 30, isNear: false },
      { name: 'budget', text: '$4.20 of $5.00', percent: 84, isNear: true },
    ]);
  });

  it('that a loop does not have are not shown', () => {
    assert.deepEqual(
      limitBars(aLoop(), 0, 0).map(({ name }) => name),
      ['rounds'],
    );
  });

  it('go on while the view looks, stop with the loop, and never leave their bar', () => {
    const loop = aLoop({ deadline: at(60), timeLeftMs: 60_000 });
    const time = (fields: Partial<typeof loop>, now: number) =>
      limitBars({ ...loop, ...fields }, 0, now).find(({ name }) => name === 'time');
    assert.equal(time({}, 30_000)?.text, '59 of 60 min');
    assert.deepEqual([time({}, 600_000)?.percent, time({}, 600_000)?.text], [100, '60 of 60 min']);
    assert.equal(time({ completedAt: at(15) }, 600_000)?.text, '15 of 60 min');
  });

  it('say which of them is spent', () => {
    const loop = aLoop({ deadline: at(60), timeLeftMs: 1000, budgetUsd: 5, costUsd: 5 });
    assert.equal(spentText(loop, 0, 0), 'The budget of $5.00 is spent.');
    assert.equal(spentText(loop, 0, 1000), 'The deadline has passed.');
    assert.equal(spentText(aLoop(), 0, 0), null);
  });
});

describe('the banner', () => {
  it('is absent while nobody is needed', () => {
    for (const status of ['running', 'paused', 'cancelled'] as const)
      assert.equal(banner(aSnapshot(aLoop({ status }))), null);
    assert.equal(banner(aSnapshot(aLoop({ status: 'completed', outcome: 'approved' }))), null);
  });

  it('at a gate names what waits and leads to the review of that version', () => {
    const shown = banner(aSnapshot(aLoopAtGate(), { gateArtifact: anArtifact('plan') }));
    assert.equal(shown?.head, 'Plan v3 waits for your review');
    assert.equal(
      shown?.text,
      'Nothing runs and no time is counted until you decide. Approving starts the next stage, code.',
    );
    assert.deepEqual(shown?.actions, [
      { do: 'review', artifact: 'plan00000000', version: 3, label: 'Review plan' },
    ]);
  });

  it('does not promise that time stands still where there is a deadline', () => {
    const shown = banner(aSnapshot(aLoopAtGate({ deadline: at(60), timeLeftMs: 1 })));
    assert.match(shown?.text ?? '', /^Nothing runs until you decide; the deadline, \d\d:\d\d, holds\./);
  });

  it('says that the same findings came back', () => {
    const rounds = [1, 2, 3].map((number) => aReworkedRound(number, [aFinding('a'), aFinding('b')]));
    const shown = banner(aSnapshot(aLoop({ status: 'blocked', rounds })));
    assert.equal(shown?.head, 'The same 2 findings came back three times');
    assert.deepEqual(
      shown?.actions.map((action) => action.do),
      ['oneMoreRound', 'approve'],
    );
  });

  it('gives the reason of a loop that is blocked within a round', () => {
    const blockReason = 'code: x could not be started: claude is not installed.';
    const shown = banner(aSnapshot(aLoop({ status: 'blocked', blockReason })));
    assert.equal(shown?.text, blockReason);
    assert.deepEqual(shown?.actions[0], { do: 'resume' });
  });

  it('at a limit says what is open, and offers no round that would be refused', () => {
    const loop = aLoop({
      status: 'completed',
      outcome: 'limit_reached',
      maxIterations: 1,
      rounds: [aReworkedRound(1, [aFinding('a')])],
    });
    const shown = banner(aSnapshot(loop));
    assert.equal(shown?.head, 'Stopped at round 1 of 1. 1 finding is open.');
    assert.deepEqual(
      shown?.actions.map((action) => action.do),
      ['oneMoreRound', 'approve'],
    );
    const spent = banner(aSnapshot({ ...loop, budgetUsd: 1, costUsd: 2 }));
    assert.deepEqual([spent?.text, spent?.actions], ['The budget of $1.00 is spent.', [{ do: 'approve' }]]);
  });
});

describe('what the dialog asks', () => {
  it('names what nobody reviewed before a person approves', () => {
    const found = Array.from({ length: 7 }, (_, index) => aFinding(`f${index}`));
    const rounds = [aReworkedRound(1, found), aRound(2, [aDoneStage('plan', 'a', 1)])];
    const loop = aLoop({ status: 'blocked', rounds });
    assert.equal(
      approveQuestion(loop, findingsHistory(loop)).detail,
      'Round 2 was not reviewed.\n7 findings still open:\n• f0\n• f1\n• f2\n• f3\n• f4\nand 2 more',
    );
  });

  it('names the agent that is stopped with the loop', () => {
    assert.match(stopQuestion(aLoop()).detail, /^swift-heron is stopped too\./);
    assert.match(stopQuestion(aLoop({ rounds: [] })).detail, /^What it made stays\./);
  });
});

describe('what a screen reader hears', () => {
  const before = aSnapshot(aLoop({ rounds: [aRound(1, [aRunningStage('plan', 'swift-heron', 1)])] }));

  it('is what became of stages', () => {
    const after = aSnapshot(
      aLoop({ rounds: [aRound(1, [aDoneStage('plan', 'swift-heron', 2), aRunningStage('code', 'b', 0)])] }),
    );
    assert.equal(announcement(before, after), 'plan, round 1: completed. code, round 1: running');
  });

  it('is never the clock, nor how many rounds are shown', () => {
    const later = aSnapshot(aLoop({ rounds: [aRound(1, [aRunningStage('plan', 'swift-heron', 5)])] }));
    assert.equal(announcement(before, later), '');
    const more = aSnapshot(aLoop({ rounds: [aReworkedRound(1, []), aRound(2)] }));
    assert.equal(announcement(aSnapshot(aLoop({ rounds: [aRound(2)] })), more), '');
  });
});

describe('words', () => {
  it('say times, money and counts as people do', () => {
    assert.deepEqual([0, 59_999, 400_000, 3_729_000].map(words.clockText), [
      '0:00',
      '0:59',
      '6:40',
      '1:02:09',
    ]);
    assert.deepEqual([0, 0.004, 0.84, 12].map(words.moneyText), ['$0.00', '$0.0040', '$0.84', '$12.00']);
    assert.deepEqual([999, 41_200, 999_960, 1_300_000].map(words.tokensText), [
      '999',
      '41.2k',
      '1.0M',
      '1.3M',
    ]);
    assert.equal(words.timeOfText(2 * 3_600_000, 24 * 3_600_000), '2 of 24 h');
  });

  it('take the first line that says something, without marks', () => {
    assert.equal(words.firstLine('\n---\n- [x] **Done**: `a` works\nmore'), 'Done: a works');
    assert.equal(words.firstLine(null), '');
    assert.equal(words.firstLine('snake_case stays'), 'snake_case stays');
  });

  it('every status and outcome has a word and an icon', () => {
    const marks = loopStatuses.flatMap((status) =>
      [...loopOutcomes, null].map((outcome) => loopMark({ status, outcome }, false)),
    );
    assert.ok(marks.every(({ icon, word }) => icon !== '' && word !== ''));
    assert.equal(stageIcon('anything', 'unheard-of'), 'hubot');
  });

  it('a clock shows the time since it was read, and wakes at the next second', () => {
    assert.equal(shownMs(ticking(1500, 10_000), 12_000), 3500);
    assert.equal(untilNextSecond(ticking(1500, 10_000), 12_000), 500);
    assert.equal(shownMs(still(1500), 99_999), 1500);
    assert.equal(untilNextSecond(still(1500), 0), null);
    assert.equal(shownMs(ticking(1500, 10_000), 9000), 1500);
  });

  it('a task is the stage’s own part of the prompt', () => {
    const prompt =
      '## Your task\n\n### Goal\n\nx\n\n### Your task\n\nDo it.\n\nWell.\n\n### What the person asks you to change\n\nThis.\n\n## How to report\n\ny';
    assert.equal(taskOf(prompt), 'Do it.\n\nWell.\n\nThis.');
    assert.equal(taskOf('Just do it'), null);
    assert.equal(taskOf(null), null);
  });
});
