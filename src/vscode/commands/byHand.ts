import type { OperationId } from '../../operations/client.ts';

/** What is known while a person is asked: answers so far, and the slug of the project that is active. */
export interface Known {
  readonly input: Readonly<Record<string, unknown>>;
  readonly activeProject: string | null;
}

/** A field that is asked for: by its name, or with what else matters. */
export interface AskedField {
  readonly field: string;
  /** It is asked only then. */
  readonly when?: (known: Known) => boolean;
  /** The operation can do without it; by hand it is needed. */
  readonly needed?: true;
  /** Serves a later question alone and is no input of the operation. */
  readonly aside?: true;
  /** Not asked but taken from the rows of another field: [field, column]. */
  readonly filled?: readonly [field: string, column: string];
}

interface Asking {
  /** What is asked for, in order; the required fields where it is left out. */
  readonly asks?: readonly (string | AskedField)[];
  /** Optional fields of which the person first chooses those to change. */
  readonly changes?: readonly string[];
  /** What the list of a field's rows is narrowed to: those for which the operation makes sense. */
  readonly rows?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Fields whose rows are a list of another field's row, as its `show` operation tells it: [field, list]. */
  readonly within?: Readonly<Record<string, readonly [field: string, list: string]>>;
}

/** An operation that changes something. */
export interface ChangeByHand extends Asking {
  /** What the status bar says when it is done; the names of the rows follow. */
  readonly done: string;
  /** Shows what was made. */
  readonly opens?: true;
  /** Needs a folder, and a workspace that is trusted. */
  readonly startsAgents?: true;
  /** Fields whose last answer is the one that the list begins with next time. */
  readonly remembers?: readonly string[];
}

/**
 * An operation that looks. `row`: opens the row that is picked. `log`: its log. `rows`: a list to pick from and open.
 * `document`: what it answers, as a read-only text.
 */
export interface LookByHand extends Asking {
  readonly shows: 'row' | 'log' | 'rows' | 'document';
}

export type ByHand = ChangeByHand | LookByHand;

const noActiveProject: AskedField = {
  field: 'project',
  when: ({ activeProject, input }) =>
    activeProject === null && ['sprint', 'parent', 'todo'].every((field) => input[field] === undefined),
};
const all = { all: true };
const atWork = { status: ['pending', 'in_progress'] };
const ended = { status: ['idle', 'stopped', 'crashed'] };
const script: AskedField = {
  field: 'script',
  when: ({ input }) => input['provider'] === 'script',
  needed: true,
};

/**
 * The operations that are commands of the palette, `sloop.` and their id, and how each is asked for. What is not here
 * stands in `notByHand.ts` with the reason. This table is part of the light bundle: plain data, no schemas.
 */
export const byHand = {
  'todo.create': {
    asks: [
      'title',
      noActiveProject,
      'description',
      'priority',
      { field: 'sprint', when: ({ input }) => input['parent'] === undefined },
    ],
    done: 'Created',
    opens: true,
  },
  'todo.show': { shows: 'row', rows: { todo: all } },
  'todo.update': {
    done: 'Changed',
    rows: { todo: all },
    changes: [
      'title',
      'description',
      'priority',
      'kind',
      'category',
      'gate',
      'assignee',
      'deadline',
      'estimatedHours',
      'actualHours',
      'requiresApproval',
      'acceptanceCriteria',
      'feedbackQuality',
      'feedbackTimeliness',
      'feedbackNotes',
    ],
  },
  'todo.claim': { done: 'Claimed', rows: { todo: { status: ['pending'] } } },
  'todo.release': { done: 'Released', rows: { todo: { status: ['in_progress'] } } },
  'todo.complete': { asks: ['todos', 'summary'], done: 'Completed', rows: { todos: atWork } },
  'todo.block': { done: 'Blocked', rows: { todo: atWork } },
  'todo.cancel': { done: 'Cancelled' },
  'todo.reopen': { done: 'Reopened', rows: { todos: { status: ['completed', 'cancelled'] } } },
  'todo.approve': { done: 'Approved', rows: { todos: { status: ['pending_approval'] } } },
  'todo.move': { changes: ['sprint', 'parent', 'before'], done: 'Moved' },
  'todo.depend': { done: 'Now waits' },
  'todo.undepend': { done: 'Waits no more', within: { on: ['todo', 'dependencies'] } },
  'todo.ready': { shows: 'rows' },
  'todo.promote': { done: 'Runs next', rows: { todo: { status: ['pending', 'blocked'] } } },
  'todo.demote': { done: 'In its usual place again', rows: { todo: { status: ['pending', 'blocked'] } } },
  'todo.delete': { done: 'Deleted', rows: { todos: all } },

  'sprint.create': {
    asks: ['title', { ...noActiveProject, needed: true }, 'goal'],
    done: 'Created',
    opens: true,
  },
  'sprint.show': { shows: 'row' },
  'sprint.update': {
    done: 'Changed',
    changes: [
      'title',
      'goal',
      'plan',
      'acceptanceCriteria',
      'maxReviewRounds',
      'contract',
      'startDate',
      'endDate',
      'branch',
      'wentWell',
      'couldImprove',
      'actionItems',
    ],
  },
  'sprint.approve': { done: 'Approved', rows: { sprints: { status: ['planned'] } } },
  'sprint.transition': {
    asks: [
      'sprint',
      'status',
      { field: 'notes', when: ({ input }) => input['status'] === 'rejected' },
      { field: 'force', when: ({ input }) => input['status'] === 'complete' },
    ],
    done: 'Moved',
    within: { status: ['sprint', 'moves'] },
    rows: {
      sprint: { status: ['planned', 'approved', 'in_progress', 'review', 'blocked', 'rejected'] },
    },
  },
  'sprint.depend': { done: 'Now waits' },
  'sprint.undepend': { done: 'Waits no more', within: { on: ['sprint', 'dependencies'] } },
  'sprint.delete': { done: 'Deleted' },

  'project.create': { asks: ['title', 'description'], done: 'Created', opens: true },
  'project.show': { asks: [{ field: 'project', needed: true }], shows: 'row' },
  'project.update': {
    done: 'Changed',
    changes: [
      'title',
      'slug',
      'description',
      'mode',
      'mergeRequiresApproval',
      'todosRequireApproval',
      'branch',
      'repositories',
    ],
  },
  'project.switch': { done: 'Active project' },
  'project.complete': { done: 'Completed', rows: { project: { status: ['active'] } } },
  'project.archive': { done: 'Archived' },
  'project.reopen': { done: 'Reopened', rows: { project: { status: ['completed', 'archived'] } } },
  'project.delete': { asks: ['project', 'todos', 'artifacts'], done: 'Deleted', rows: { project: all } },

  'repository.register': { asks: [{ field: 'path', needed: true }], done: 'Registered' },
  'repository.show': { shows: 'document' },
  'repository.update': { done: 'Changed', changes: ['name', 'path', 'url', 'defaultBranch'] },
  'repository.remove': { done: 'Forgotten' },

  'session.start': { done: 'Started' },
  'session.show': { asks: [{ field: 'session', needed: true }], shows: 'document', rows: { session: all } },
  'session.update': {
    asks: [{ field: 'session', needed: true }],
    done: 'Changed',
    changes: ['title', 'role', 'project'],
  },
  'session.close': { asks: [{ field: 'session', needed: true }], done: 'Closed' },
  'session.delete': { done: 'Deleted', rows: { session: all } },

  'artifact.create': { asks: ['title', 'type', 'content'], done: 'Created', opens: true },
  'artifact.show': { shows: 'row' },
  'artifact.update': {
    done: 'Written',
    opens: true,
    changes: ['content', 'title', 'filepath', 'language', 'changeSummary'],
  },
  'artifact.restore': { asks: ['artifact', 'version', 'changeSummary'], done: 'Restored', opens: true },
  'artifact.stage': {
    asks: [
      'artifacts',
      'stage',
      // The versions that the list showed: an approval is refused when there is a newer one by then.
      {
        field: 'versions',
        when: ({ input }) => input['stage'] === 'final',
        filled: ['artifacts', 'version'],
      },
      { field: 'notes', when: ({ input }) => input['stage'] === 'draft' },
    ],
    done: 'Moved',
  },
  'artifact.planSteps': { shows: 'document', rows: { artifact: { type: ['plan'] } } },
  'artifact.move': { done: 'Moved', changes: ['parent', 'before'] },
  'artifact.comment': { asks: ['artifact', 'body', 'startLine'], done: 'Remarked' },
  'artifact.resolveComment': {
    asks: [{ field: 'artifact', aside: true }, 'comment'],
    done: 'Resolved',
    rows: { comment: { open: true } },
  },
  'artifact.reopenComment': { asks: [{ field: 'artifact', aside: true }, 'comment'], done: 'Reopened' },
  'artifact.delete': { done: 'Deleted' },

  'loop.definitions': { shows: 'document' },
  'loop.start': {
    asks: ['definition', 'goal', 'parameters', 'provider', script],
    done: 'Started',
    opens: true,
    startsAgents: true,
  },
  'loop.show': { shows: 'row' },
  'loop.pause': { done: 'Paused', rows: { loop: { status: ['running'] } } },
  'loop.resume': {
    asks: ['loop', 'maxIterations'],
    done: 'Goes on',
    startsAgents: true,
    rows: { loop: { status: ['paused', 'blocked', 'completed'] } },
  },
  'loop.stop': { done: 'Stopped', rows: { loop: { status: ['running', 'paused', 'blocked'] } } },
  'loop.approve': { done: 'Approved', rows: { loop: { status: ['blocked', 'completed'] } } },

  'agent.start': {
    asks: [
      'role',
      'provider',
      script,
      'todo',
      { field: 'prompt', when: ({ input }) => input['todo'] === undefined, needed: true },
      { field: 'worktree', needed: true },
    ],
    remembers: ['role', 'provider', 'worktree'],
    done: 'Started',
    opens: true,
    startsAgents: true,
  },
  'agent.show': { shows: 'row' },
  'agent.log': { shows: 'log', rows: { agent: all } },
  'agent.stop': { done: 'Stopped', rows: { agents: { live: true } } },
  'agent.resume': { asks: ['agent', 'prompt'], done: 'Resumed', startsAgents: true, rows: { agent: ended } },
  'agent.dismiss': { done: 'Dismissed', rows: { agents: ended } },
  'agent.delete': { asks: ['agents', 'logs'], done: 'Deleted', rows: { agents: { ...ended, ...all } } },
  'agent.deleteLog': { done: 'Deleted', rows: { agent: all } },

  'dispatch.start': { asks: [{ field: 'project', needed: true }], done: 'Dispatches', startsAgents: true },
  'dispatch.pause': { asks: [{ field: 'project', needed: true }], done: 'Starts no further agents' },
  'dispatch.stop': { asks: [{ field: 'project', needed: true }], done: 'Dispatches no more' },
  'dispatch.status': { shows: 'document', asks: [] },
  usage: { shows: 'document', asks: ['project'] },

  'merge.show': { shows: 'document', rows: { merge: all } },
  'merge.request': { asks: [{ field: 'project', needed: true }], done: 'Queued' },
  'merge.approve': { done: 'Approved', rows: { merges: { status: ['waiting_approval'] } } },
  'merge.retry': { done: 'Tried again', rows: { merges: { status: ['queued', 'conflict', 'failed'] } } },
  'merge.cancel': { done: 'Cancelled' },
  'worktree.show': { shows: 'document' },
  'worktree.adopt': {
    done: 'Adopted',
    rows: { worktree: { status: ['kept', 'orphan'] }, todo: { status: ['pending', 'blocked'] } },
  },
  'worktree.remove': {
    asks: ['worktrees', 'force'],
    done: 'Being removed',
    rows: { worktrees: { status: ['kept', 'orphan', 'failed'] } },
  },
  'worktree.scan': { done: 'Looking at all worktrees' },

  'message.ask': { done: 'Asked' },
  'message.send': { done: 'Sent' },
  'message.read': { done: 'Read', rows: { messages: { kind: ['message'] } } },
  'message.thread': { shows: 'document' },

  'proposal.show': {
    shows: 'document',
    rows: { proposal: { status: ['pending', 'accepted', 'dismissed'] } },
  },
  'proposal.accept': { asks: ['proposals', 'force'], done: 'Accepted' },
  'proposal.acceptAll': { asks: ['agent'], done: 'Accepted', rows: { agent: all } },
  'proposal.dismiss': { asks: ['proposals', 'note'], done: 'Dismissed' },
  'proposal.update': { done: 'Edited', changes: ['title', 'summary', 'content'] },

  'account.update': { done: 'Changed', changes: ['label', 'order'] },
  'account.reset': { done: 'In use again' },
  'account.remove': { done: 'Removed' },

  'role.show': { shows: 'document' },
  'event.list': { shows: 'document' },
} as const satisfies Partial<Record<OperationId, ByHand>>;

export type ByHandId = keyof typeof byHand;

/** The entry of an operation that is a command. */
export const byHandOf = (id: ByHandId): ByHand => byHand[id];

export const isByHand = (id: string): id is ByHandId => Object.hasOwn(byHand, id);
