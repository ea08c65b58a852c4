import { DisposableStore, type Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import { refusalText, type Result } from '../base/result.ts';
import type { Event } from '../domain/event/event.ts';
import type { Client } from '../operations/client.ts';
import type { WorktreeJob } from '../operations/worktree/worktreeWork.ts';
import { findOrphans } from './findOrphans.ts';
import type { GitTask, GitWork } from './gitWork.ts';
import { Lanes } from './lanes.ts';
import { Pump } from './pump.ts';
import type { Timers } from './timers.ts';
import {
  branchesOf,
  bringRepository,
  bringWorktree,
  freshen,
  look,
  mustHaveGit,
  remove,
  repositoryOf,
  setUp,
} from './worktreeTasks.ts';

export interface WorktreeEngineParts {
  readonly client: Client;
  readonly work: GitWork;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface WorktreeEngine extends Disposable {
  /** Resolves when the work under way has ended. */
  settled(): Promise<void>;
  /** Goes on with what an earlier host left, and looks for folders that no row tells of. */
  begin(): Promise<void>;
}

/** Enough for a team that starts together; more would only make the disk wait. */
const atOnce = 3;
const againAfter = 5000;
/** How long a repository that was just fetched counts as up to date. */
const freshMs = 60_000;

/**
 * Makes, looks at and removes worktrees as the committed rows ask for. Each task can be done again from its
 * beginning, so a host that was killed in the middle of one goes on with it.
 */
export function createWorktreeEngine({ client, work, timers, logger }: WorktreeEngineParts): WorktreeEngine {
  const owned = new DisposableStore();
  const lanes = new Lanes(atOnce);
  const repositories = new Lanes(atOnce);
  /** When each was last fetched (or tried) by this host. */
  const fetchedAt = new Map<string, number>();
  const underWay = new Set<string>();
  let toScan = true;

  const pump = owned.add(
    new Pump(
      async () => {
        const due = await value(client.execute('worktree.due', {}));
        for (const job of due.jobs) if (!underWay.has(job.worktree)) void run(job);
        if (!toScan) return;
        await scan(due.known);
        toScan = false;
      },
      timers,
      logger,
    ),
  );

  async function run(job: WorktreeJob): Promise<void> {
    underWay.add(job.worktree);
    try {
      await lanes.run(job.path, () => perform(job));
    } catch (error) {
      if (work.signal.aborted) return;
      logger.log('error', 'a worktree was not dealt with', { job: job.job, path: job.path, error });
      owned.add(timers.after(againAfter, () => void pump.ask()));
    } finally {
      underWay.delete(job.worktree);
    }
    // What was asked of it while it was under way.
    if (!work.signal.aborted) void pump.ask();
  }

  async function perform(job: WorktreeJob): Promise<void> {
    logger.log('info', `worktree: ${job.job}`, { path: job.path, branch: job.branch });
    const task = await work.begin(job.worktree);
    const { worktree } = job;
    switch (job.job) {
      case 'make':
        return make(job, task);
      case 'look': {
        const seen = await look(work, task, job);
        // What was cut off with the host tells nothing: the next one looks again.
        if (!work.signal.aborted) await value(client.execute('worktree.looked', { worktree, ...seen }));
        return;
      }
      case 'remove': {
        // Not while another is made: git looks at all worktrees then, and stumbles over a half-removed one.
        const lane = job.repository.path ?? job.repository.name;
        const removal = await repositories.run(lane, () => remove(work, task, job));
        if (work.signal.aborted) return;
        await ('removed' in removal
          ? value(client.execute('worktree.removed', { worktree, reason: removal.removed }))
          : value(client.execute('worktree.looked', { worktree, isAgainstRemoval: true, ...removal.kept })));
      }
    }
  }

  async function make(job: WorktreeJob, task: GitTask): Promise<void> {
    const { worktree } = job;
    const notes: string[] = [];
    try {
      const { path } = job.repository;
      // Known better once it is here, so the task begins anew.
      if (path === null) return await repositories.run(job.repository.name, () => clone(job, task));
      const { began, toSetUp } = await repositories.run(path, () => bring(job, task, path, notes));
      if (toSetUp) {
        const done = await setUp(work, task, path, job);
        notes.push(...done.notes);
        if (done.problem !== null) throw new Error(done.problem);
      }
      if (work.signal.aborted) return;
      await value(
        client.execute('worktree.prepared', { worktree, repositoryPath: path, baseCommit: began, notes }),
      );
    } catch (error) {
      // What was cut off with the host is no failure: the next one goes on with it.
      if (work.signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      await value(client.execute('worktree.failed', { worktree, reason, notes }));
    }
  }

  /** What touches the repository itself: of one repository one after the other. */
  async function bring(job: WorktreeJob, task: GitTask, root: string, notes: string[]) {
    const { id } = job.repository;
    await mustHaveGit(work, task);
    if (Date.now() - (fetchedAt.get(root) ?? 0) > freshMs) {
      const fresh = await freshen(task, root, job);
      fetchedAt.set(root, Date.now());
      notes.push(...fresh.notes);
      if (fresh.fetched && id !== null) await value(client.execute('repository.fetched', { repository: id }));
    }
    return bringWorktree(work, task, root, job);
  }

  async function clone(job: WorktreeJob, task: GitTask): Promise<void> {
    const { id } = job.repository;
    if (id === null) throw new Error(`Repository ${job.repository.name} is not registered any more.`);
    const { path, defaultBranch } = await bringRepository(work, task, job);
    const named = defaultBranch === null ? {} : { defaultBranch };
    await value(client.execute('repository.fetched', { repository: id, path, ...named }));
  }

  async function scan(known: readonly string[]): Promise<void> {
    for (const { path, agent } of await findOrphans(work.settings.folders.worktrees, known)) {
      const { git } = await work.begin(path);
      const repositoryPath = await repositoryOf(git, path);
      const isWorktree = repositoryPath !== null;
      const branches =
        repositoryPath === null
          ? { branch: '', baseBranch: '' }
          : await branchesOf(git, repositoryPath, path);
      const reason = isWorktree
        ? 'No agent is known that worked in it: adopt it, or remove it.'
        : 'It is no worktree of a repository that is there: look at it yourself.';
      await value(client.execute('worktree.found', { path, agent, repositoryPath, ...branches, reason }));
    }
  }

  owned.add(
    client.onDidChange((events) => {
      toScan ||= events.some(({ operation }) => operation === 'worktree.scan');
      if (toScan || events.some(asksForWork)) void pump.ask();
    }),
  );

  return {
    begin: () => pump.ask(),
    async settled() {
      await pump.settled();
      await lanes.settled();
    },
    dispose: () => owned.dispose(),
  };
}

const asksForWork = ({ noun, to }: Event): boolean =>
  noun === 'worktree' && to !== null && ('status' in to || 'checkedAt' in to);

async function value<T>(result: Promise<Result<T>>): Promise<T> {
  const found = await result;
  if (!found.ok) throw new Error(refusalText(found.refusal));
  return found.value;
}
