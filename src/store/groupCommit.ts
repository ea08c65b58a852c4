import type { Database } from './sqlite/database.ts';
import { StorageFault } from './storageFault.ts';

interface Waiting {
  run(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Shares one fsync between all writes that wait at the same moment. Each job runs in its own savepoint: one that
 * throws is undone and rejected alone; the others are acknowledged together, after the commit is on the disk.
 */
export class GroupCommit {
  readonly #db: Database;
  readonly #onCommit: (jobs: number) => void;
  #waiting: Waiting[] = [];
  #drained: Promise<void> | undefined;

  constructor(db: Database, onCommit: (jobs: number) => void = () => undefined) {
    this.#db = db;
    this.#onCommit = onCommit;
  }

  /**
   * Runs `job` in a transaction soon and resolves when it is durable. The job must be synchronous: a transaction
   * ends with its last statement.
   */
  write<T>(job: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let value: T;
      this.#waiting.push({
        run: () => (value = synchronous(job())),
        resolve: () => resolve(value),
        reject,
      });
      this.#schedule();
    });
  }

  /** Runs `job` at once; it sees what is committed. */
  read<T>(job: () => T): T {
    return synchronous(job());
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    while (this.#drained !== undefined) await this.#drained;
  }

  #schedule(): void {
    this.#drained ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#drained = undefined;
        this.#flush();
        resolve();
      });
    });
  }

  #flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    let kept: Waiting[] = [];
    const failed: { job: Waiting; error: unknown }[] = [];
    try {
      this.#db.transaction(() => {
        for (const job of batch) {
          const error = this.#runInSavepoint(job);
          if (error === undefined) kept.push(job);
          else failed.push({ job, error: error.thrown });
        }
      });
    } catch (error) {
      // Those that failed by themselves keep their own reason.
      const own = new Set(failed.map(({ job }) => job));
      for (const job of batch) if (!own.has(job)) job.reject(error);
      kept = [];
    }
    for (const { job, error } of failed) job.reject(error);
    for (const job of kept) job.resolve();
    if (kept.length > 0) this.#onCommit(kept.length);
  }

  #runInSavepoint(job: Waiting): { thrown: unknown } | undefined {
    this.#db.run('SAVEPOINT job');
    try {
      job.run();
    } catch (thrown) {
      // A disk that failed took the whole transaction with it: all of the batch must hear of it.
      if (thrown instanceof StorageFault) throw thrown;
      this.#db.run('ROLLBACK TO job');
      this.#db.run('RELEASE job');
      return { thrown };
    }
    this.#db.run('RELEASE job');
    return undefined;
  }
}

function synchronous<T>(value: T): T {
  if (!isThenable(value)) return value;
  // It goes on without us and may fail; that must not end the process on top.
  value.then(undefined, () => undefined);
  throw new TypeError('A job of the store must be synchronous: it returned a promise.');
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
