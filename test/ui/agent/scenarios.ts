import type { Instant } from '../../../src/base/clock.ts';
import type { Result } from '../../../src/base/result.ts';
import type {
  LogPiece,
  MergeLine,
  MessageRow,
  RepositoryChanges,
  ShownAgent,
  ShownMessage,
  ShownTodo,
  WorktreeLine,
} from '../../../src/protocol/agent.ts';
import { aShownAgent } from '../../support/loopFixtures.ts';

/** All that the played extension answers with. Times are shifted so that `now` is the present. */
export interface Scenario {
  readonly id: string;
  readonly now: string;
  /** null: it was deleted. */
  readonly agent: ShownAgent | null;
  readonly log: readonly LogPiece[];
  readonly messages: readonly MessageRow[];
  readonly question: ShownMessage | null;
  readonly todo: ShownTodo | null;
  readonly worktrees: readonly WorktreeLine[];
  readonly merges: readonly MergeLine[];
  readonly changes: Result<readonly RepositoryChanges[]>;
  /** Operations that say no, with what they say. */
  readonly refusals?: Readonly<Record<string, string>>;
}

const id = 'agent0000001';
const begun = Date.parse('2026-11-20T09:00:00.000Z');
const at = (minutes: number) => new Date(begun + minutes * 60_000).toISOString() as Instant;
const now = at(42);

const agent = (fields: Record<string, unknown> = {}): ShownAgent =>
  ({
    ...aShownAgent('calm-heron'),
    id,
    loopId: null,
    role: 'coder',
    provider: 'claude',
    model: 'opus',
    accountId: 'account00001',
    startedBy: 'person',
    todoId: 'todo0001',
    sprintId: 'sprint000001',
    projectId: 'project00001',
    worktreePath: '/home/sam/.local/share/sloop/worktrees/calm-heron',
    branch: 'sloop/rate-limiter/todo-todo0001',
    providerSessionId: 'session-1',
    inputTokens: 41_200,
    outputTokens: 6_300,
    costUsd: 0.84,
    createdAt: at(0),
    updatedAt: at(41),
    progress: [
      { text: 'The window slides; `burst` has tests of its own', createdAt: at(38) },
      { text: 'Reproduced the burst after an idle hour', createdAt: at(20) },
      { text: 'Read the limiter and its tests', createdAt: at(4) },
    ],
    progressCount: 3,
    ...fields,
  }) as ShownAgent;

const todo = {
  id: 'todo0001',
  title: 'Make the rate limiter slide its window',
  status: 'in_progress',
  acceptanceCriteria: ['A burst after an idle hour is limited', '`npm test` is green'],
  successCriteria: [{ criterion: 'p99 below 1 ms', measurable: true }],
  completionSummary: null,
} as unknown as ShownTodo;

const pieces: readonly (readonly [kind: LogPiece['kind'], content: string, minute: number])[] = [
  ['note', 'Started claude in /home/sam/.local/share/sloop/worktrees/calm-heron', 0],
  ['said', 'I read the limiter and its tests first, then I **reproduce** the burst.', 1],
  ['used', 'Read: src/limiter/slidingWindow.ts', 2],
  ['used', 'Read: test/limiter/slidingWindow.test.ts', 2],
  ['used', 'Grep: retryAfter', 3],
  ['used', 'Bash: npm test -- limiter', 4],
  [
    'said',
    'The window is **fixed**, not sliding. Two things follow:\n\n1. A burst after an idle hour passes twice the limit.\n2. `retryAfter` is rounded down, so a client that obeys it is refused once more.\n\n```ts\nexport function allowed(hits: readonly number[], now: number): boolean {\n  return hits.filter((hit) => hit > now - windowMs).length < limit;\n}\n```\n\n- [x] reproduce\n- [ ] slide the window\n- [ ] round `retryAfter` up',
    12,
  ],
  ['used', 'Edit: src/limiter/slidingWindow.ts', 15],
  ['raw', '{"type":"system","subtype":"compact_boundary"}', 18],
  ['raw', '{"type":"system","subtype":"status"}', 18],
  [
    'used',
    'Bash: npm test -- limiter\n\n  14 passing (92ms)\n  1 failing\n\n  1) retryAfter is rounded up',
    20,
  ],
  ['note', 'The use of WebFetch was denied: its role may not reach the network', 22],
  ['said', 'One test is left. See [the RFC](https://www.rfc-editor.org/rfc/rfc6585).', 24],
];

const logOf = (rows: typeof pieces, session = 1): LogPiece[] =>
  rows.map(([kind, content, minute], index) => ({
    sequence: 100 + index,
    kind,
    content,
    time: at(minute),
    sessionNumber: session,
  }));

const message = (fields: Partial<MessageRow> & Pick<MessageRow, 'body' | 'createdAt'>): MessageRow =>
  ({
    id: `message${fields.createdAt.slice(14, 16)}aaa`,
    threadId: 'message00001',
    senderName: 'person',
    senderAgentId: null,
    recipientKind: 'agent',
    recipientName: 'calm-heron',
    status: 'sent',
    answeredBy: null,
    ...fields,
  }) as MessageRow;

const changes: Scenario['changes'] = {
  ok: true,
  value: [
    {
      repository: 'limiter',
      files: [
        { path: 'src/limiter/slidingWindow.ts', oldPath: null, kind: 'modified', added: 34, removed: 12 },
        { path: 'src/limiter/clock.ts', oldPath: null, kind: 'added', added: 18, removed: 0 },
        {
          path: 'src/very/deeply/nested/folder/of/the/service/withAVeryLongNameIndeed.ts',
          oldPath: 'src/old.ts',
          kind: 'renamed',
          added: 2,
          removed: 2,
        },
        { path: 'src/limiter/fixedWindow.ts', oldPath: null, kind: 'deleted', added: 0, removed: 61 },
        { path: 'docs/window.png', oldPath: null, kind: 'added', added: null, removed: null },
      ],
    },
  ],
};

const worktree = {
  id: 'worktree0001',
  agentName: 'calm-heron',
  status: 'ready',
  path: '/home/sam/.local/share/sloop/worktrees/calm-heron',
  branch: 'sloop/rate-limiter/todo-todo0001',
  baseBranch: 'sloop/rate-limiter/sprint-4',
  todoId: 'todo0001',
  reason: null,
  uncommitted: null,
  unmerged: null,
  sizeBytes: null,
} as unknown as WorktreeLine;

const merge = (fields: Partial<MergeLine>): MergeLine =>
  ({
    id: 'merge0000001',
    level: 'todo',
    status: 'queued',
    title: 'Make the rate limiter slide its window',
    source: 'sloop/rate-limiter/todo-todo0001',
    target: 'sprint-4',
    reason: null,
    todoId: 'todo0001',
    conflictTodoId: null,
    agentName: 'calm-heron',
    createdAt: at(40),
    ...fields,
  }) as MergeLine;

const running: Scenario = {
  id,
  now,
  agent: agent(),
  log: logOf(pieces),
  messages: [message({ body: 'Mind that tests must not sleep.', createdAt: at(10) })],
  question: null,
  todo,
  worktrees: [worktree],
  merges: [],
  changes,
};

const asked: ShownMessage = {
  id: 'question0001',
  threadId: 'question0001',
  senderName: 'calm-heron',
  senderAgentId: id,
  body: 'The store keeps 429 **and** 503 for the same case.\n\nWhich one should the limiter answer with?',
  status: 'pending',
  createdAt: at(40),
} as unknown as ShownMessage;

const waiting: Scenario = {
  ...running,
  agent: agent({ status: 'waiting_for_input' }),
  question: asked,
  messages: [
    ...running.messages,
    message({
      id: asked.id,
      body: asked.body,
      createdAt: at(40),
      senderName: 'calm-heron',
      senderAgentId: id as never,
      recipientKind: 'person',
      recipientName: 'person',
      status: 'pending',
    }),
  ],
};

const ended = { pid: null, endedAt: at(41) };
const nothing: Scenario['changes'] = { ok: true, value: [] };

/** Every state that an agent can be looked at in. */
export const scenarios = {
  starting: {
    ...running,
    agent: agent({
      status: 'starting',
      pid: null,
      costUsd: 0,
      inputTokens: 0,
      outputTokens: 0,
      progress: [],
      progressCount: 0,
    }),
    log: [],
    messages: [],
    worktrees: [{ ...worktree, status: 'requested' }],
    changes: nothing,
  },
  running,
  needsALook: {
    ...running,
    agent: agent({ attention: 'It has said nothing for 12 minutes.' }),
  },
  waiting,
  waitsInTerminal: {
    ...running,
    agent: agent({
      status: 'waiting_for_input',
      form: 'interactive',
      attention: 'It asks for permission to run `npm publish`.',
    }),
  },
  done: {
    ...running,
    agent: agent({
      ...ended,
      status: 'idle',
      reported: 'done',
      result: 'The window slides, `retryAfter` is rounded up; 15 tests pass.',
    }),
    merges: [merge({})],
    worktrees: [{ ...worktree, status: 'kept', uncommitted: 0, unmerged: 3 }],
  },
  failed: {
    ...running,
    agent: agent({
      ...ended,
      status: 'idle',
      reported: 'failed',
      result: 'The clock of the store cannot be set in tests; I need a decision.',
    }),
  },
  crashed: {
    ...running,
    agent: agent({
      ...ended,
      status: 'crashed',
      exitCode: 7,
      sessionNumber: 2,
      attention: 'Third attempt failed: its CLI ended with exit code 7',
    }),
    log: [
      ...logOf(pieces.slice(0, 7)),
      ...logOf([['said', 'I go on where I was.', 30]], 2).map((piece) => ({ ...piece, sequence: 200 })),
    ],
    worktrees: [{ ...worktree, status: 'kept', uncommitted: 2, unmerged: 1, reason: 'Its agent crashed.' }],
    merges: [merge({ status: 'conflict' })],
  },
  dismissed: {
    ...running,
    agent: agent({ ...ended, status: 'idle', reported: 'done', dismissedAt: at(41), result: 'Done.' }),
  },
  deleted: { ...running, agent: null, todo: null },
} satisfies Record<string, Scenario>;

/** A log as long as one gets: every kind of piece, in sessions of 5,000. */
export const longLog = (count: number): readonly LogPiece[] =>
  Array.from({ length: count }, (_, index) => {
    const [kind, content] = pieces[index % pieces.length] ?? ['said', ''];
    return {
      sequence: index + 1,
      kind,
      content: kind === 'said' ? `Piece ${index + 1}: ${content}` : content,
      time: new Date(begun + (index * 42 * 60_000) / count).toISOString(),
      sessionNumber: 1 + Math.floor(index / 5000),
    } as LogPiece;
  });
