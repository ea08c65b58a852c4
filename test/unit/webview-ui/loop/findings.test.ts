import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { findingsHistory, tallyText } from '../../../../webview-ui/loop/model/findings.ts';
import {
  aDoneStage,
  aFinding,
  aLoop,
  anApprovedRound,
  aRound,
  aReworkedRound,
  aRunningStage,
} from '../../../support/loopFixtures.ts';

const [a, b, c] = ['a', 'b', 'c'].map((title) => aFinding(title)) as [
  ReturnType<typeof aFinding>,
  ReturnType<typeof aFinding>,
  ReturnType<typeof aFinding>,
];
const standings = (history: ReturnType<typeof findingsHistory>) =>
  Object.fromEntries(history.rows.map(({ finding, standings: all }) => [finding.title, all]));

describe('findings over rounds', () => {
  it('are open at first, then again or fixed, and say nothing of what was fixed before', () => {
    const history = findingsHistory(
      aLoop({ rounds: [aReworkedRound(1, [a, b]), aReworkedRound(2, [b, c]), anApprovedRound(3)] }),
    );
    assert.deepEqual(standings(history), {
      a: ['open', 'fixed', 'absent'],
      b: ['open', 'again', 'fixed'],
      c: ['absent', 'open', 'fixed'],
    });
    assert.deepEqual([history.open, history.fixed, history.text], [0, 3, '3 fixed']);
  });

  it('come back after they were fixed', () => {
    const rounds = [aReworkedRound(1, [a]), aReworkedRound(2, [b]), aReworkedRound(3, [a])];
    const history = findingsHistory(aLoop({ rounds }));
    assert.deepEqual(standings(history)['a'], ['open', 'fixed', 'again']);
    assert.equal(history.rows.find(({ finding }) => finding.title === 'a')?.returns, 1);
  });

  it('wait for the review of a round under way, and stay open where a round ended without one', () => {
    const running = aRound(2, [aRunningStage('plan', 'swift-heron', 1)]);
    const going = findingsHistory(aLoop({ rounds: [aReworkedRound(1, [a, b, c]), running] }));
    assert.deepEqual(standings(going)['a'], ['open', 'pending']);
    assert.equal(going.text, '3 open, round 2 is not reviewed yet');
    const cut = aRound(2, [aDoneStage('plan', 'swift-heron', 1)], { status: 'needs_rework' });
    const ended = findingsHistory(aLoop({ status: 'completed', rounds: [aReworkedRound(1, [a]), cut] }));
    assert.deepEqual(standings(ended)['a'], ['open', 'unreviewed']);
    assert.equal(ended.open, 1);
  });

  it('are the same by their key, whatever their words, and show the newest words', () => {
    const renamed = { ...a, title: 'A, put better', severity: 'blocker' as const };
    const { rows } = findingsHistory(
      aLoop({ rounds: [aReworkedRound(1, [a]), aReworkedRound(2, [renamed])] }),
    );
    assert.equal(rows.length, 1);
    assert.deepEqual([rows[0]?.finding.title, rows[0]?.firstRound], ['A, put better', 1]);
  });

  it('stand worst first', () => {
    const found = [
      aFinding('small', { severity: 'minor' }),
      aFinding('middle'),
      aFinding('grave', { severity: 'blocker' }),
    ];
    const { rows } = findingsHistory(aLoop({ rounds: [aReworkedRound(1, found)] }));
    assert.deepEqual(
      rows.map(({ finding }) => finding.title),
      ['grave', 'middle', 'small'],
    );
  });

  it('are none yet until a review has ended, and none after it', () => {
    assert.equal(findingsHistory(aLoop()).text, 'None yet: the first review has not ended');
    assert.equal(findingsHistory(aLoop({ rounds: [anApprovedRound(1)] })).text, 'None');
  });

  it('are tallied in one line', () => {
    const grave = aFinding('grave', { severity: 'blocker' });
    const rounds = [
      aReworkedRound(1, [a, b, grave]),
      aReworkedRound(2, [b, c]),
      aReworkedRound(3, [b, c]),
      anApprovedRound(4),
    ];
    const history = findingsHistory(aLoop({ rounds }));
    assert.deepEqual(
      [1, 2, 3, 4].map((round) => tallyText(history, round)),
      ['3 findings, 1 of them a blocker', '2 fixed, 1 again, 1 new', '2 again', '2 fixed, none left'],
    );
    assert.equal(tallyText(findingsHistory(aLoop({ rounds: [anApprovedRound(1)] })), 1), 'No findings');
    const worst = findingsHistory(aLoop({ rounds: [aReworkedRound(1, [grave])] }));
    assert.equal(tallyText(worst, 1), '1 finding, a blocker');
  });

  it('are open exactly where the last review raised them, and each is told of in every round', () => {
    const review = fc.subarray([a, b, c]);
    fc.assert(
      fc.property(fc.array(review, { minLength: 1, maxLength: 8 }), (reviews) => {
        const rounds = reviews.map((found, index) => aReworkedRound(index + 1, found));
        const history = findingsHistory(aLoop({ rounds }));
        const last = new Set(reviews.at(-1)?.map(({ key }) => key));
        for (const row of history.rows) {
          assert.equal(row.standings.length, reviews.length);
          assert.equal(row.isOpen, last.has(row.key));
          row.standings.forEach((standing, index) =>
            assert.equal(
              standing === 'open' || standing === 'again',
              reviews[index]?.some(({ key }) => key === row.key),
            ),
          );
          assert.equal(row.standings.filter((standing) => standing === 'open').length, 1);
        }
        assert.equal(new Set(reviews.flat().map(({ key }) => key)).size, history.rows.length);
      }),
    );
  });
});
