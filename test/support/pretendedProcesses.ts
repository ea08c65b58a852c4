import type { Processes } from '../../src/engine/processes.ts';
import type { RunEnd, Runner } from '../../src/engine/runner.ts';
import type { ReadyLaunch } from '../../src/operations/agent/supervision.ts';

/** Processes that live in a table. */
export class PretendedProcesses implements Processes {
  readonly alive = new Map<number, string>();
  readonly signals: string[] = [];
  orphans = 0;

  isSame(pid: number, startedAt: string | null): Promise<boolean> {
    return Promise.resolve(this.alive.get(pid) === startedAt);
  }
  signal(pid: number, signal: 'SIGTERM' | 'SIGKILL'): boolean {
    this.signals.push(`${signal} ${pid}`);
    return this.alive.has(pid);
  }
  killOrphans(): Promise<number> {
    return Promise.resolve(this.orphans);
  }
}

/** A runner whose processes start and end as the test says. */
export class PretendedRunner implements Runner {
  readonly started: ReadyLaunch[] = [];
  readonly #ends: ((end: RunEnd) => void)[] = [];

  run(launch: ReadyLaunch): Promise<RunEnd> {
    this.started.push(launch);
    return new Promise((resolve) => this.#ends.push(resolve));
  }

  end(index: number, end: Partial<RunEnd> = {}): void {
    this.#ends[index]?.({ exitCode: 0, exitSignal: null, lastWords: '', ...end });
  }
}
