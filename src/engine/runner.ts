import type { ReadyLaunch } from '../operations/agent/supervision.ts';

/** How a process ended that a runner started, with its last words where it said any. */
export interface RunEnd {
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  readonly lastWords: string;
}

/**
 * Starts `sloop run NAME` somewhere: as a child of the host, in an integrated terminal. The process must not end
 * with the host. Starting one twice does no harm: a launch is claimed once.
 */
export interface Runner {
  /**
   * Resolves when the process has ended, however that came; rejects when it could not be started.
   * Nothing is owed once the host itself ends.
   */
  run(launch: ReadyLaunch): Promise<RunEnd>;
  /** What keeps this runner from it, for a person who can run it by hand; null or left out: nothing. */
  obstacle?(launch: ReadyLaunch): string | null;
}
