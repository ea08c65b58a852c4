import { DisposableSlot, DisposableStore, type Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import { refusalText, type Result } from '../base/result.ts';
import type { Event } from '../domain/event/event.ts';
import type { Client } from '../operations/client.ts';
import type { MergeJob } from '../operations/merge/mergeWork.ts';
import type { GitWork } from './gitWork.ts';
import { Lanes } from './lanes.ts';
import { lookForMerge, merge, type Merged } from './mergeTasks.ts';
import { Pump } from './pump.ts';
import type { Timers } from './timers.ts';

export interface MergeEngineParts {
  readonly client: Client;
  readonly work: GitWork;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface MergeEngine extends Disposable {
  /** Resolves when the work under way has ended. */
  settled(): Promise<void>;
  /** Goes on with the queue as an earlier host left it. */
  begin(): Promise<void>;
}

/** Repositories that are merged in at once; in one it is one merge after the other. */
const atOnce = 4;
/** How often it is looked whether a person merged what waits for one. Only while something waits. */
const lookEvery = 60_000;
/** A target may move between the look and the record; more often somebody else is at it. */
const mostTries = 5;

/** Merges what is queued, when its agent has ended, and notices what was merged by hand. */
export function createMergeEngine({ client, work, timers, logger }: MergeEngineParts): MergeEngine {
  const owned = new DisposableStore();
  const next = owned.add(new DisposableSlot());
  let toLook = true;

  const pump = owned.add(
    new Pump(
      async () => {
        const { jobs } = await value(client.execute('merge.due', {}));
        const wanted = jobs.filter(({ status }) => status === 'queued' || toLook);
        toLook = false;
        const lanes = new Lanes(atOnce);
        const done = await Promise.allSettled(
          wanted.map((job) => lanes.run(job.repositoryPath, () => perform(job))),
        );
        if (work.signal.aborted) return;
        const failed = done.find((one) => one.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
        next.set(jobs.length === 0 ? undefined : timers.after(lookEvery, lookAgain));
      },
      timers,
      logger,
    ),
  );

  function lookAgain(): void {
    toLook = true;
    void pump.ask();
  }

  /** What is found may be refused because a branch moved meanwhile: then it is found anew. */
  async function perform(job: MergeJob): Promise<void> {
    for (let attempt = 0; attempt < mostTries; attempt += 1) {
      const found = await findOut(job);
      if (found === null || work.signal.aborted) return;
      const recorded = await record(job, found);
      if (recorded.ok) {
        logger.log('info', `merge: ${found.kind}`, { source: job.source, target: job.target });
        return;
      }
      if (recorded.refusal.code === 'missing') return;
      if (recorded.refusal.code !== 'conflict') throw new Error(refusalText(recorded.refusal));
    }
  }

  async function findOut(job: MergeJob): Promise<Merged | null> {
    const task = await work.begin(job.merge);
    try {
      if (job.status !== 'queued') return await lookForMerge(work, task, job);
      const git = await work.check(task);
      return git.ok ? await merge(work, task, job) : { kind: 'failed', reason: refusalText(git.refusal) };
    } catch (error) {
      if (work.signal.aborted) return null;
      logger.log('warn', 'a merge failed', { source: job.source, target: job.target, error });
      const reason = error instanceof Error ? error.message : String(error);
      return job.status === 'queued' ? { kind: 'failed', reason } : null;
    }
  }

  function record({ merge: id }: MergeJob, found: Merged): Promise<Result<unknown>> {
    switch (found.kind) {
      case 'merged': {
        const { tip, commit, note } = found;
        return client.execute('merge.recorded', { merge: id, tip, commit, note });
      }
      case 'conflict':
        return client.execute('merge.conflicted', { merge: id, files: [...found.files] });
      case 'waits':
        return client.execute('merge.waits', { merge: id, reason: found.reason });
      case 'failed':
        return client.execute('merge.failed', { merge: id, reason: found.reason });
    }
  }

  owned.add(
    client.onDidChange((events) => {
      if (events.some(asksForWork)) void pump.ask();
    }),
  );

  return { begin: () => pump.ask(), settled: () => pump.settled(), dispose: () => owned.dispose() };
}

/** An entry was queued or looked at by a person, or an agent has ended. What was recorded here is no news. */
const asksForWork = ({ noun, to, operation }: Event): boolean =>
  (noun === 'merge' && !own.has(operation)) || (noun === 'agent' && to !== null && 'status' in to);

const own = new Set(['merge.recorded', 'merge.conflicted', 'merge.waits', 'merge.failed']);

async function value<T>(result: Promise<Result<T>>): Promise<T> {
  const found = await result;
  if (!found.ok) throw new Error(refusalText(found.refusal));
  return found.value;
}
