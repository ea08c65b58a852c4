import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ShownLoop, ShownStage } from '../../../../src/protocol/loop.ts';
import { cellFacts, type Cell } from '../../../../webview-ui/loop/model/cells.ts';
import { columnsOf, findCell, followedCell, neighbour } from '../../../../webview-ui/loop/model/columns.ts';
import { findingsHistory } from '../../../../webview-ui/loop/model/findings.ts';
import type { Snapshot } from '../../../../webview-ui/loop/model/snapshot.ts';
import {
  aDoneStage,
  aFinding,
  aLoop,
  aLoopAtGate,
  anApprovedRound,
  anArtifact,
  anAttempt,
  aRound,
  aReworkedRound,
  aRunningStage,
  aShownAgent,
  aSnapshot,
  aStage,
  at,
  idOf,
} from '../../../support/loopFixtures.ts';

const columns = (loop: ShownLoop, fields: Partial<Snapshot> = {}) =>
  columnsOf(cellFacts(aSnapshot(loop, fields), findingsHistory(loop)));

function cell(stage: ShownStage, fields: Partial<Snapshot> = {}): Cell {
  const loop = aLoop({ rounds: [aRound(1, [stage])] });
  const found = findCell(columns(loop, fields), `1:${stage.position}`);
  assert.ok(found);
  return found;
}

const sheets = (name: string, fields: Parameters<typeof aShownAgent>[1] = {}, said: string | null = null) =>
  new Map([
    [
      idOf<string>(name),
      {
        agent: aShownAgent(name, fields),
        said: said === null ? null : { content: said, time: at(1) },
      },
    ],
  ]);

describe('a stage in the grid', () => {
  it('says who did it, how long it took and what came of it', () => {
    const done = cell(
      aDoneStage('plan', 'swift-heron', 2.5, { summary: '## 4 steps, **tests first**\n\nmore' }),
    );
    assert.deepEqual(
      [done.who, done.clock, done.outcome, done.mark.word, done.chip],
      ['swift-heron', { ms: 150_000, since: null }, '4 steps, tests first', 'completed', null],
    );
    assert.equal(done.label, 'plan, round 1: completed, swift-heron, 2:30, 4 steps, tests first');
  });

  it('ticks while its agent works and shows what that reported last', () => {
    const stage = aRunningStage('code', 'brave-otter', 3);
    const agents = sheets('brave-otter', { progress: [{ text: '12 of 14 pass', createdAt: at(1) }] });
    const running = cell(stage, { agents });
    assert.equal(running.clock?.ms, 180_000);
    assert.notEqual(running.clock?.since, null);
    assert.equal(running.outcome, '12 of 14 pass');
    assert.equal(
      cell(stage, { agents: sheets('brave-otter', {}, 'Looking at it') }).outcome,
      'Looking at it',
    );
    assert.equal(cell(stage).outcome, 'Nothing reported yet');
  });

  it('says when its agent starts, asks, or needs a look', () => {
    const stage = aRunningStage('code', 'brave-otter', 3);
    const word = (fields: Parameters<typeof aShownAgent>[1]) =>
      cell(stage, { agents: sheets('brave-otter', fields) });
    assert.equal(word({ status: 'starting' }).mark.word, 'starting');
    assert.equal(word({ status: 'waiting_for_input' }).mark.word, 'asks');
    assert.equal(word({ attention: 'Silent for 10 minutes' }).outcome, 'Silent for 10 minutes');
  });

  it('tells of a try that failed while the next one runs, and adds their times', () => {
    const stage = aStage('code', {
      status: 'running',
      attempts: [
        anAttempt('calm-lynx', { outcome: 'crashed', reason: 'crashed (exit code 1).', durationMs: 60_000 }),
        anAttempt('brave-otter', { number: 2, outcome: null, durationMs: 30_000 }),
      ],
    });
    const running = cell(stage);
    assert.equal(running.outcome, 'Try 2, after: crashed (exit code 1).');
    assert.equal(running.clock?.ms, 90_000);
    assert.equal(running.who, 'brave-otter');
  });

  it('does not seem to run when nobody works at it', () => {
    const stage = aStage('code', {
      status: 'running',
      attempts: [
        anAttempt('brave-otter', { outcome: 'stopped', reason: 'brave-otter was stopped by person.' }),
      ],
    });
    const stopped = cell(stage);
    assert.deepEqual(
      [stopped.mark.word, stopped.outcome, stopped.clock?.since],
      ['no agent at work', 'brave-otter was stopped by person.', null],
    );
  });

  it('shows why it failed, and that its agent is gone', () => {
    const failed = cell(
      aStage('code', {
        status: 'failed',
        attempts: [anAttempt('x', { agent: null, agentId: null, outcome: 'crashed', reason: 'it crashed' })],
      }),
    );
    assert.deepEqual([failed.outcome, failed.who, failed.agentId], ['it crashed', 'agent deleted', null]);
  });

  it('shows a review by its findings against the round before', () => {
    const [a, b] = [aFinding('a'), aFinding('b')];
    const grid = columns(aLoop({ rounds: [aReworkedRound(1, [a]), aReworkedRound(2, [b])] }));
    assert.equal(findCell(grid, '1:2')?.outcome, '1 finding');
    assert.equal(findCell(grid, '2:2')?.outcome, '1 fixed, 1 new');
    assert.equal(findCell(grid, '2:2')?.chip?.word, 'changes requested');
    assert.equal(findCell(columns(aLoop({ rounds: [anApprovedRound(1)] })), '1:2')?.chip?.word, 'approved');
  });

  it('that comes next says what it waits for', () => {
    const grid = columns(aLoop({ rounds: [aRound(1, [aRunningStage('plan', 'swift-heron', 1)])] }));
    assert.deepEqual(
      ['1:1', '1:2'].map((key) => [findCell(grid, key)?.who, findCell(grid, key)?.outcome]),
      [
        ['next', 'Starts when plan has reported'],
        ['not started', ''],
      ],
    );
  });

  it('at a gate waits for the person, with the version that waits', () => {
    const grid = columns(aLoopAtGate(), { gateArtifact: anArtifact('plan') });
    const gate = findCell(grid, '1:0');
    assert.deepEqual(
      [gate?.mark.word, gate?.chip?.word, gate?.outcome, gate?.clock],
      ['waits for you', 'waits for you', 'Plan v3: 4 steps, 2 of them new', { ms: 78_000, since: null }],
    );
    assert.equal(findCell(grid, '1:1')?.outcome, 'Starts when plan v3 is final');
    assert.equal(grid[0]?.word, 'waits for you');
    const decided = columns(aLoopAtGate(), { gateArtifact: anArtifact('plan', { stage: 'final' }) });
    assert.notEqual(findCell(decided, '1:0')?.chip?.word, 'waits for you');
  });
});

describe('the grid', () => {
  it('has the rounds as columns, then one that may come', () => {
    const loop = aLoop({ rounds: [aReworkedRound(1, [aFinding('a')]), aRound(2)] });
    const grid = columns(loop);
    assert.deepEqual(
      grid.map(({ number, word, kind }) => [number, word, kind]),
      [
        [1, 'needs rework', 'past'],
        [2, 'running', 'newest'],
        [3, 'if needed', 'ghost'],
      ],
    );
    assert.deepEqual(
      grid[2]?.cells.map(({ who, outcome }) => [who, outcome]),
      [
        ['not started', 'Gets the open findings'],
        ['not started', ''],
        ['not started', ''],
      ],
    );
    assert.deepEqual(grid[0]?.clock, { ms: 600_000, since: null });
  });

  it('promises no round beyond the limit, after an approval, or of a loop that stands still', () => {
    const last = (fields: Partial<ShownLoop>) => columns(aLoop(fields)).at(-1)?.kind;
    assert.equal(last({ maxIterations: 1 }), 'newest');
    assert.equal(last({ rounds: [anApprovedRound(1)] }), 'newest');
    assert.equal(last({ status: 'cancelled' }), 'newest');
    assert.equal(last({ status: 'blocked' }), 'newest');
    assert.equal(last({}), 'ghost');
    assert.equal(columns(aLoop({ endsBy: 'rounds' })).at(-1)?.word, 'to come');
  });

  it('is followed where work goes on, else where it went on last', () => {
    const running = aLoop({
      rounds: [aReworkedRound(1, []), aRound(2, [aDoneStage('plan', 'a', 1), aRunningStage('code', 'b', 1)])],
    });
    assert.equal(followedCell(columns(running)), '2:1');
    assert.equal(followedCell(columns(aLoop({ status: 'completed', rounds: [anApprovedRound(1)] }))), '1:2');
    assert.equal(followedCell(columns(aLoop({ rounds: [] }))), '1:0');
  });

  it('is walked by arrows, which end at its edges', () => {
    const grid = columns(aLoop({ rounds: [aReworkedRound(1, []), aRound(2)] }));
    const walk = (from: string, key: string) => neighbour(grid, from, key);
    assert.deepEqual(
      [walk('1:0', 'ArrowRight'), walk('1:0', 'ArrowDown'), walk('2:1', 'ArrowLeft'), walk('2:1', 'ArrowUp')],
      ['2:0', '1:1', '1:1', '2:0'],
    );
    assert.deepEqual(
      [walk('1:0', 'ArrowLeft'), walk('1:0', 'ArrowUp'), walk('3:2', 'ArrowRight'), walk('3:2', 'ArrowDown')],
      ['1:0', '1:0', '3:2', '3:2'],
    );
    assert.deepEqual([walk('2:1', 'Home'), walk('2:1', 'End')], ['1:1', '3:1']);
  });

  it('before the first round shows what is to come', () => {
    const grid = columns(aLoop({ rounds: [] }));
    assert.deepEqual(
      grid.map(({ number, kind, word }) => [number, kind, word]),
      [[1, 'ghost', 'to come']],
    );
  });
});
