import assert from 'node:assert/strict';
import { agentGroup, agentLook } from '../../../../src/vscode/trees/looks/agentLook.ts';
import { inboxLook } from '../../../../src/vscode/trees/looks/inboxLook.ts';
import { loopLook } from '../../../../src/vscode/trees/looks/loopLooks.ts';
import { projectLook, sprintLook } from '../../../../src/vscode/trees/looks/placeLooks.ts';
import { todoLook } from '../../../../src/vscode/trees/looks/todoLook.ts';
import { clock, lasted, overdue, untilEnd } from '../../../../src/vscode/trees/looks/words.ts';
import type {
  AgentRow,
  InboxItem,
  LoopRow,
  ProjectRow,
  SprintRow,
  TodoRow,
} from '../../../../src/vscode/trees/model/entity.ts';

const now = Date.parse('2026-03-10T12:00:00.000Z');
const day = 86_400_000;
const at = (shift: number) => new Date(now + shift).toISOString() as never;

const aTodo = (more: Partial<TodoRow> = {}): TodoRow => ({
  id: 'todo0001' as never,
  title: 'Retry-After',
  status: 'pending',
  priority: 'medium',
  gate: 'auto',
  parentId: null,
  projectId: null,
  sprintId: null,
  sortOrder: 1,
  assignee: null,
  completedBy: null,
  blockedReason: null,
  deadline: null,
  subtodos: { done: 0, all: 0 },
  waitsFor: 0,
  ...more,
});
const todo = (more: Partial<TodoRow>) => {
  const { label, description, icon, tick, mark } = todoLook(aTodo(more), now);
  return [label, description, icon?.name ?? 'no icon', tick, mark ?? ''].join(' | ');
};

describe('a todo in a tree', () => {
  it('says the first reason only: blocked, overdue, approval, who, urgency', () => {
    const late = at(-2.5 * day);
    assert.deepEqual(
      [
        todo({}),
        todo({ priority: 'high' }),
        todo({ priority: 'high', assignee: 'brave-otter', status: 'in_progress' }),
        todo({ assignee: 'person', subtodos: { done: 2, all: 3 }, status: 'in_progress' }),
        todo({ status: 'pending_approval' }),
        todo({ status: 'pending_approval', deadline: late }),
        todo({ assignee: 'brave-otter', deadline: late }),
        todo({ status: 'blocked', waitsFor: 2, deadline: late }),
        todo({ status: 'blocked', waitsFor: 1 }),
        todo({ status: 'blocked', blockedReason: 'No key yet\nask ops' }),
        todo({ status: 'completed', completedBy: 'person', deadline: late }),
        todo({ status: 'completed', completedBy: 'brave-otter' }),
        todo({ status: 'cancelled' }),
      ],
      [
        'Retry-After |  | circle-large | open | ',
        'Retry-After | high | circle-large | open | ',
        'Retry-After | brave-otter | sync | open | ',
        'Retry-After | 2/3, you | sync | open | ',
        'Retry-After | needs approval | shield | open | ',
        'Retry-After | 2 days overdue | watch | open | overdue',
        'Retry-After | 2 days overdue | watch | open | overdue',
        'Retry-After | waits for 2 todos | circle-slash | open | ',
        'Retry-After | waits for 1 todo | circle-slash | open | ',
        'Retry-After | No key yet | circle-slash | open | ',
        'Retry-After | done by you | no icon | done | ',
        'Retry-After | done | no icon | done | ',
        'Retry-After | cancelled | circle-slash | open | ',
      ],
    );
  });

  it('tells screen readers its status in one sentence', () => {
    assert.equal(
      todoLook(aTodo({ status: 'in_progress', assignee: 'brave-otter' }), now).spoken,
      'Todo Retry-After, in progress, brave-otter',
    );
    assert.equal(todoLook(aTodo({ status: 'cancelled' }), now).spoken, 'Todo Retry-After, cancelled');
  });
});

describe('a sprint in a tree', () => {
  const sprint = (more: Partial<SprintRow>) => {
    const row: SprintRow = {
      id: 's' as never,
      projectId: 'p' as never,
      number: 2,
      title: 'Fairness',
      status: 'in_progress',
      origin: 'person',
      reviewRound: 0,
      maxReviewRounds: 3,
      endDate: null,
      progress: { done: 4, all: 9 },
      artifacts: 0,
      waitsFor: 0,
      ...more,
    };
    const look = sprintLook(row, null);
    return `${look.label} | ${look.description} | ${look.icon?.name}`;
  };
  it('says how far it is, and the review round', () => {
    assert.deepEqual(
      [
        sprint({}),
        sprint({ reviewRound: 1 }),
        sprint({ status: 'planned', waitsFor: 1 }),
        sprint({ status: 'planned', progress: { done: 0, all: 0 } }),
        sprint({ status: 'review' }),
        sprint({ status: 'rejected', reviewRound: 2 }),
        sprint({ status: 'complete', progress: { done: 9, all: 9 } }),
      ],
      [
        'Sprint 2: Fairness | 4/9 | play-circle',
        'Sprint 2: Fairness | 4/9, review round 1 | play-circle',
        'Sprint 2: Fairness | waits for 1 sprint, 4/9 | circle-large',
        'Sprint 2: Fairness | planned | circle-large',
        'Sprint 2: Fairness | in review, 4/9 | eye',
        'Sprint 2: Fairness | changes requested, review round 2 | request-changes',
        'Sprint 2: Fairness | complete 9/9 | pass-filled',
      ],
    );
  });
});

describe('a project in a tree', () => {
  const project = (more: Partial<ProjectRow>) =>
    projectLook(
      {
        id: 'p' as never,
        slug: 'x',
        title: 'X',
        status: 'active',
        active: false,
        backlog: { open: 0, all: 0 },
        artifacts: 0,
        sprints: 2,
        sprintEnds: null,
        underWay: true,
        ...more,
      },
      now,
    ).description;
  it('says how many sprints it has and how long the present one lasts', () => {
    assert.equal(project({ sprintEnds: at(7.5 * day) }), '2 sprints, 7 days left');
    assert.equal(project({}), '2 sprints');
    assert.equal(project({ underWay: false }), 'idle');
    assert.equal(project({ status: 'archived' }), 'archived');
  });
});

describe('a loop in a tree', () => {
  const loop = (more: Partial<LoopRow>) => {
    const row = {
      id: 'l',
      definition: 'harness',
      goal: 'Make it pass\nnow',
      status: 'running',
      outcome: null,
      blockReason: null,
      failure: null,
      round: 2,
      maxIterations: 5,
      projectId: 'p',
      startedAt: at(0),
      completedAt: null,
      inReview: null,
      ...more,
    } as LoopRow;
    const look = loopLook(row);
    return `${look.label} | ${look.description} | ${look.icon?.name} | ${look.context}`;
  };
  it('has a word for each way it stands and ends', () => {
    assert.deepEqual(
      [
        loop({ round: 0 }),
        loop({}),
        loop({ status: 'paused' }),
        loop({ status: 'blocked' }),
        loop({ status: 'completed', outcome: 'approved' }),
        loop({ status: 'completed', outcome: 'limit_reached', round: 5 }),
        loop({ status: 'completed', outcome: 'approved_by_person', round: 1 }),
        loop({ status: 'failed' }),
        loop({ status: 'cancelled' }),
      ],
      [
        'Make it pass | round 1 of 5 | sync | loop.running',
        'Make it pass | round 2 of 5 | sync | loop.running',
        'Make it pass | paused, round 2 | debug-pause | loop.paused',
        'Make it pass | waits for you | bell-dot | loop.blocked',
        'Make it pass | approved, 2 rounds | pass-filled | loop.completed',
        'Make it pass | stopped at round 5 of 5 | watch | loop.completed.limit',
        'Make it pass | approved by you, 1 round | pass-filled | loop.completed',
        'Make it pass | failed in round 2 | error | loop.failed',
        'Make it pass | stopped by you | circle-slash | loop.cancelled',
      ],
    );
  });
});

describe('an agent in a tree', () => {
  const anAgent = (more: Partial<AgentRow>): AgentRow =>
    ({
      id: 'a',
      name: 'brave-otter',
      role: 'coder',
      provider: 'x',
      status: 'running',
      reported: null,
      attention: null,
      exitCode: null,
      projectId: null,
      todoId: null,
      todoTitle: null,
      loopId: null,
      worktreePath: null,
      createdAt: at(-400_000),
      updatedAt: at(0),
      endedAt: null,
      dismissedAt: null,
      asks: null,
      ...more,
    }) as AgentRow;
  const agent = (more: Partial<AgentRow>) => {
    const look = agentLook(anAgent(more), false, now);
    return `${look.description} | ${look.icon?.name} | ${look.context} | ${agentGroup(anAgent(more))}`;
  };
  it('says what it does and stands with those of its kind', () => {
    assert.deepEqual(
      [
        agent({}),
        agent({ createdAt: at(-10_000) }),
        agent({ asks: 'm' as never, status: 'waiting_for_input' }),
        agent({ attention: 'silent for 10 min' }),
        agent({ status: 'waiting_for_input' }),
        agent({ status: 'idle', reported: 'done', todoTitle: 'Slide the window', worktreePath: '/w' }),
        agent({ status: 'idle', reported: 'failed', attention: 'it failed' }),
        agent({ status: 'idle', attention: 'It ended without a report.' }),
        agent({ status: 'crashed', exitCode: 1, attention: 'exit 1' }),
        agent({ status: 'crashed' }),
        agent({ status: 'stopped' }),
      ],
      [
        'running 6 min, coder · x | sync | agent.live | live',
        'running, coder · x | sync | agent.live | live',
        'asks you, coder · x | question | agent.live.needed.asks | needed',
        'needs a look, coder · x | warning | agent.live.needed | needed',
        'waits for you, coder · x | question | agent.live.needed | needed',
        'done, Slide the window · x | pass-filled | agent.ended.tree | ended',
        'failed, coder · x | error | agent.ended.needed | needed',
        'needs a look, coder · x | warning | agent.ended.needed | needed',
        'crashed (exit 1), coder · x | error | agent.ended.needed | needed',
        'crashed, coder · x | error | agent.ended | ended',
        'stopped, coder · x | debug-stop | agent.ended | ended',
      ],
    );
  });
});

describe('an item of the inbox', () => {
  const item = (more: Partial<InboxItem>, about: string | null = null) => {
    const look = inboxLook(
      {
        kind: 'question',
        id: 'm',
        title: '429 or 503?',
        from: 'calm-lynx',
        since: at(-240_000),
        projectId: null,
        ...more,
      },
      about,
      now,
    );
    return `${look.label} | ${look.description} | ${look.spoken}`;
  };
  it('names what waits, and who', () => {
    assert.equal(item({}), '429 or 503? | calm-lynx | 429 or 503?, calm-lynx, asks you, 4 min ago');
    assert.equal(
      item({ kind: 'review', title: 'Plan' }, 'review plan v3'),
      'Plan | review plan v3 | Plan, calm-lynx, waits for your review, 4 min ago',
    );
    assert.equal(
      item({ kind: 'agent', title: 'crashed' }),
      'calm-lynx | crashed | crashed, calm-lynx, needs a look, 4 min ago',
    );
  });
});

describe('times in words', () => {
  it('are coarse while something lasts and exact when it is over', () => {
    assert.deepEqual([10_000, 60_000, 3_600_000, 3_900_000, 3 * day].map(lasted), [
      'under 1 min',
      '1 min',
      '1 h',
      '1 h 5 min',
      '3 days',
    ]);
    assert.deepEqual([400, 84_000, 3_750_000].map(clock), ['0:00', '1:24', '1:02:30']);
  });
  it('count whole days to an end and from a deadline', () => {
    assert.deepEqual(
      [at(7.5 * day), at(1000), at(-1000), at(-2.5 * day)].map((end) => untilEnd(end, now)),
      ['7 days left', 'ends today', 'ended today', '2 days over'],
    );
    assert.deepEqual(
      [at(1000), at(-1000), at(-1.5 * day), null].map((end) => overdue(end, now)),
      [null, 'overdue', '1 day overdue', null],
    );
  });
});
