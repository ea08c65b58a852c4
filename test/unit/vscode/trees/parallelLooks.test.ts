import assert from 'node:assert/strict';
import { newOrder } from '../../../../src/vscode/accounts/newOrder.ts';
import { removalText } from '../../../../src/vscode/merges/removalText.ts';
import { accountLook } from '../../../../src/vscode/trees/looks/accountLook.ts';
import { mergeLook, worktreeLook } from '../../../../src/vscode/trees/looks/mergeLook.ts';
import { projectLook } from '../../../../src/vscode/trees/looks/placeLooks.ts';
import { todoLook } from '../../../../src/vscode/trees/looks/todoLook.ts';
import type {
  AccountRow,
  MergeRow,
  TodoRow,
  WorktreeRow,
} from '../../../../src/vscode/trees/model/entity.ts';
import { dispatchView } from '../../../../src/vscode/trees/sources/dispatchView.ts';

const now = Date.parse('2026-03-10T12:00:00.000Z');
const at = (shift: number) => new Date(now + shift).toISOString() as never;
const pending = {
  title: 'Retry-After',
  status: 'pending',
  priority: 'medium',
  deadline: null,
  assignee: null,
  subtodos: { done: 0, all: 0 },
} as unknown as TodoRow;

describe('what waits to be merged, in a tree', () => {
  const merge = (more: Partial<MergeRow>) => {
    const row = { title: 'Slide the window', target: 'sprint-4', level: 'todo', todoId: 't', sprintId: null };
    const rest = { agentId: 'a', agentName: 'brave-otter', files: [], reason: null, conflictTodoId: null };
    const look = mergeLook({ ...row, ...rest, endedAt: null, ...more } as unknown as MergeRow, now);
    return `${look.description} | ${look.context} | ${look.click?.title ?? ''}`;
  };
  it('says where it goes and why it waits', () => {
    assert.deepEqual(
      [
        merge({ status: 'waiting_approval' }),
        merge({ status: 'queued', reason: 'main is checked out in /shop.\nMerge it there.' }),
        merge({ status: 'conflict', files: ['a.ts', 'b.ts'], conflictTodoId: 'c' as never }),
        merge({ status: 'failed', reason: 'The worktree is gone.' }),
        merge({ status: 'merged', endedAt: at(-180_000) }),
      ],
      [
        'into sprint-4, brave-otter | merge.waiting_approval.agent | Open the Changes',
        'into sprint-4, main is checked out in /shop. | merge.queued.agent | Open the Changes',
        'into sprint-4, 2 files | merge.conflict.todo.agent | Show the Todo',
        'into sprint-4, The worktree is gone. | merge.failed.agent | Open the Changes',
        'into sprint-4, 3 min ago | merge.merged.agent | Open the Changes',
      ],
    );
  });

  const worktree = (more: Partial<WorktreeRow>) => {
    const row = { agentName: 'brave-otter', path: '/trees/old-one', branch: 'b', status: 'kept' };
    const rest = { uncommitted: 0, unmerged: 0, sizeBytes: null };
    const { label, description, context } = worktreeLook({
      ...row,
      ...rest,
      ...more,
    } as unknown as WorktreeRow);
    return `${label}: ${description} | ${context}`;
  };
  it('a worktree says what would be lost with it, and its size', () => {
    assert.deepEqual(
      [
        worktree({ uncommitted: 2, unmerged: 1, sizeBytes: 1_500_000 }),
        worktree({ sizeBytes: 40_000_000_000 }),
        worktree({ status: 'orphan', uncommitted: null, unmerged: null }),
      ],
      [
        'brave-otter: 2 files not committed and 1 commit not merged, 1.4 MB | worktree.kept',
        'brave-otter: nothing unsaved, 37 GB | worktree.kept',
        'old-one: nobody has looked into it yet | worktree.orphan',
      ],
    );
  });

  it('asks before a worktree goes, and once more where something is lost', () => {
    const row = { agentName: 'brave-otter', path: '/trees/a', branch: 'b', uncommitted: 0, unmerged: 0 };
    const clean = removalText([row], 2_000_000);
    assert.deepEqual(
      [clean.question, clean.action, clean.force],
      ['Remove the worktree of brave-otter?', 'Remove', false],
    );
    const dirty = removalText([row, { ...row, uncommitted: 3, unmerged: 1 }], 0);
    assert.deepEqual(
      [dirty.question, dirty.action, dirty.force],
      ['Remove 2 worktrees?', 'Remove and Lose the Changes', true],
    );
    assert.match(dirty.detail, /3 files not committed and 1 commit not merged/);
    assert.match(dirty.detail, /Branches with commits that are merged nowhere stay/);
  });
});

describe('an account in a tree', () => {
  const account = (more: Partial<AccountRow>) => {
    const row = { id: 'x', provider: 'claude', label: 'work', kind: 'environment', isExhausted: false };
    const rest = { exhaustedUntil: null, lastUsedAt: null };
    const look = accountLook({ ...row, ...rest, ...more } as unknown as AccountRow, now);
    return `${look.description} | ${look.context}`;
  };
  it('says whether it can be used, and since when not', () => {
    const until = at(90_000);
    const time = new Date(at(90_000)).toLocaleTimeString([], {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    assert.deepEqual(
      [
        account({ lastUsedAt: at(-3_600_000) }),
        account({}),
        account({ isExhausted: true, exhaustedUntil: at(-1) }),
        account({ isExhausted: true }),
      ],
      [
        'available, used 1 h ago | account.environment.available',
        'available, never used | account.environment.available',
        'available, never used | account.environment.available',
        'exhausted until you say otherwise, never used | account.environment.exhausted',
      ],
    );
    assert.match(
      account({ isExhausted: true, exhaustedUntil: until }),
      new RegExp(`^exhausted until (.*, )?${time},`),
    );
  });

  it('changes places with its neighbour, and writes no more than it must', () => {
    const three = ['a', 'b', 'c'].map((id, sortOrder) => ({ id, sortOrder })) as never;
    assert.deepEqual(newOrder(three, 'b', -1), [
      { id: 'b', order: 0 },
      { id: 'a', order: 1 },
    ]);
    assert.deepEqual(newOrder(three, 'a', -1), []);
    const alike = ['a', 'b'].map((id) => ({ id, sortOrder: 0 })) as never;
    assert.deepEqual(newOrder(alike, 'a', 1), [{ id: 'a', order: 1 }]);
  });
});

describe('dispatch in a tree', () => {
  const line = (id: string, status = 'pending') => ({ id, status }) as never;
  const view = dispatchView({
    agents: 2,
    limit: 5,
    perProvider: {},
    turn: null,
    againAt: null,
    promoted: [line('p1'), line('p2', 'in_progress')],
    projects: [
      {
        project: 'x',
        slug: 'x',
        dispatch: 'on',
        agents: 2,
        ready: 5,
        waiting: 0,
        next: ['a', 'p1', 'b', 'c', 'd'].map((id) => line(id)),
      } as never,
    ],
  });
  it('numbers what comes next: what was asked for first, then the project’s own order', () => {
    assert.deepEqual(
      ['p1', 'a', 'b', 'c', 'd', 'p2'].map((id) => view.turnOf(id)),
      [1, 2, 3, null, null, null],
    );
    assert.deepEqual(todoLook(pending, now, 1).mark, 'next1');
    assert.match(todoLook(pending, now, 1).description, /^next/);
    assert.match(todoLook(pending, now, 2).spoken, /number 2 in dispatch$/);
  });
  it('shows on its project how many agents are at work', () => {
    const look = (more: object) =>
      projectLook(
        {
          title: 'Shop',
          status: 'active',
          active: true,
          underWay: false,
          sprints: 0,
          sprintEnds: null,
        } as never,
        now,
        { dispatch: { ...view.of('x'), ...more } as never, limit: view.limit },
      );
    assert.deepEqual(
      [
        look({}).description,
        look({ dispatch: 'paused' }).description,
        look({ agents: 0, ready: 0 }).description,
      ],
      ['dispatch on, 2 of 5 agents', 'dispatch paused, 2 at work', 'dispatch on, nothing ready'],
    );
    assert.equal(look({}).context, 'project.active.active.on');
  });
});
