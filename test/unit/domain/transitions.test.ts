import assert from 'node:assert/strict';
import type { Result } from '../../../src/base/result.ts';
import { agentStatuses, checkAgentMove } from '../../../src/domain/agent/agent.ts';
import { artifactStages, checkArtifactMove } from '../../../src/domain/artifact/artifact.ts';
import {
  checkIterationMove,
  checkLoopMove,
  checkStageMove,
  iterationStatuses,
  loopStatuses,
  stageStatuses,
} from '../../../src/domain/loop/loop.ts';
import { checkMessageMove, messageStatuses } from '../../../src/domain/message/message.ts';
import { checkProjectMove, projectStatuses } from '../../../src/domain/project/project.ts';
import { checkProposalMove, proposalStatuses } from '../../../src/domain/proposal/proposal.ts';
import { sprintMoves, sprintStatuses } from '../../../src/domain/sprint/sprint.ts';
import { checkTodoMove, todoStatuses } from '../../../src/domain/todo/todo.ts';
import { checkMove } from '../../../src/domain/transitions.ts';

interface Machine {
  readonly noun: string;
  readonly statuses: readonly string[];
  /** The design's own words, written a second time here on purpose: `from → to, to`. */
  readonly legal: readonly string[];
  readonly check: (from: string, to: string) => Result<unknown>;
}

const machine = <S extends string>(
  noun: string,
  statuses: readonly S[],
  check: (from: S, to: S) => Result<unknown>,
  legal: readonly string[],
): Machine => ({ noun, statuses, legal, check: (from, to) => check(from as S, to as S) });

const machines: readonly Machine[] = [
  machine('project', projectStatuses, (status, to) => checkProjectMove({ slug: 'p', status }, to), [
    'active → completed, archived',
    'completed → active, archived',
    'archived → active',
  ]),
  machine('sprint', sprintStatuses, (status, to) => checkMove('Sprint 1', sprintMoves, status, to), [
    'planned → approved, in_progress',
    'approved → in_progress, planned',
    'in_progress → review, blocked',
    'blocked → in_progress',
    'review → complete, rejected',
    'rejected → in_progress',
  ]),
  machine('todo', todoStatuses, (status, to) => checkTodoMove({ id: 't' as never, status }, to), [
    'pending_approval → pending, cancelled',
    'pending → in_progress, blocked, completed, cancelled',
    'in_progress → pending, blocked, completed, cancelled',
    'blocked → pending, in_progress, cancelled',
    'completed → pending',
    'cancelled → pending',
  ]),
  machine(
    'artifact',
    artifactStages,
    (stage, to) => checkArtifactMove({ id: 'a' as never, title: 'A', stage }, to),
    ['draft → review', 'review → final, draft', 'final → draft'],
  ),
  machine('agent', agentStatuses, (status, to) => checkAgentMove({ name: 'calm-heron', status }, to), [
    'starting → running, crashed, stopped',
    'running → waiting_for_input, idle, stopped, crashed, starting',
    'waiting_for_input → running, idle, stopped, crashed, starting',
    'idle → running, starting',
    'stopped → running, starting',
    'crashed → running, starting',
  ]),
  machine('proposal', proposalStatuses, (status, to) => checkProposalMove({ id: 'p' as never, status }, to), [
    'pending → accepted, dismissed',
  ]),
  machine('message', messageStatuses, (status, to) => checkMessageMove({ id: 'm' as never, status }, to), [
    'pending → answered, withdrawn',
  ]),
  machine('loop', loopStatuses, (status, to) => checkLoopMove({ id: 'l' as never, status }, to), [
    'running → paused, cancelled, completed, failed, blocked',
    'paused → running, cancelled',
    'blocked → running, completed, cancelled',
    'completed → running',
  ]),
  machine('iteration', iterationStatuses, (status, to) => checkIterationMove({ number: 1, status }, to), [
    'pending → running',
    'running → completed, failed, needs_rework',
  ]),
  machine(
    'stage',
    stageStatuses,
    (status, to) => checkStageMove({ id: 's' as never, name: 'plan', status }, to),
    ['pending → running', 'running → completed, failed'],
  ),
];

describe('transitions', () => {
  for (const { noun, statuses, legal, check } of machines) {
    const allowed = new Map(
      legal.map((line) => {
        const [from = '', to = ''] = line.split(' → ');
        return [from, to.split(', ')];
      }),
    );
    for (const from of statuses) {
      for (const to of statuses) {
        const isLegal = allowed.get(from)?.includes(to) ?? false;
        it(`${noun}: ${from} ${isLegal ? 'becomes' : 'does not become'} ${to}`, () => {
          const result = check(from, to);
          assert.equal(result.ok, isLegal);
          if (result.ok) return;
          assert.equal(result.refusal.code, 'conflict');
          assert.match(result.refusal.message, new RegExp(`is ${from} and cannot become ${to}`));
          for (const other of allowed.get(from) ?? ['is an end'])
            assert.ok(result.refusal.next.includes(other), `${result.refusal.next} names ${other}`);
        });
      }
    }
  }
});
