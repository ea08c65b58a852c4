import { millisecondsOf, type Clock } from '../base/clock.ts';
import { DisposableSlot, DisposableStore, type Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import { refusalText } from '../base/result.ts';
import type { Event } from '../domain/event/event.ts';
import type { LaunchId } from '../domain/ids.ts';
import type { ReadyLaunch } from '../operations/agent/supervision.ts';
import type { Client, OutputOf } from '../operations/client.ts';
import { Pump } from './pump.ts';
import type { RunEnd, Runner } from './runner.ts';
import type { Timers } from './timers.ts';

export interface LauncherParts {
  readonly client: Client;
  readonly runner: Runner;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Windows of other processes that can run agents now. */
  readonly windows: { has(window: string): boolean };
}

export interface Launcher extends Disposable {
  /** Resolves when the work under way has ended. */
  settled(): Promise<void>;
  /** Starts every launch that waits, as at the start of a host. */
  launchAll(): Promise<void>;
}

const againAfter = 5000;
/** A window of another process has so long to run what it asked for; then it is run here. */
const handOverMs = 3000;
/** Timers are not exact: one that fires a little early would find the account still exhausted. */
const tickMs = 50;
/** Node's timers go no further than 24 days; a day is enough before looking again. */
const longestPauseMs = 86_400_000;

/** Starts a process for each committed launch. Which process gets it is decided by who claims it first. */
export function createLauncher({ client, runner, clock, timers, logger, windows }: LauncherParts): Launcher {
  const owned = new DisposableStore();
  const running = new Set<LaunchId>();
  /** Left to the windows that asked for them. */
  const handedOver = new Set<LaunchId>();
  /** Left to a person at a terminal. */
  const leftToPerson = new Set<LaunchId>();
  /** Until an account can be used again. */
  const accounts = owned.add(new DisposableSlot());
  let disposed = false;

  const pump = owned.add(
    new Pump(
      async () => {
        const ready = await client.execute('launch.ready', {});
        if (!ready.ok) throw new Error(refusalText(ready.refusal));
        for (const launch of ready.value.launches)
          if (!running.has(launch.launch) && !isForAnother(launch) && !(await isForPerson(launch)))
            void start(launch);
        await tellWaiting(ready.value);
      },
      timers,
      logger,
    ),
  );

  /** Those that wait for an account start when the first one can be used again. */
  async function tellWaiting({ waiting, until }: OutputOf<'launch.ready'>): Promise<void> {
    for (const told of waiting) {
      const flagged = await client.execute('agent.flag', told);
      if (!flagged.ok) logger.log('info', 'agent.flag refused', { why: refusalText(flagged.refusal) });
    }
    const pause = until === null ? null : millisecondsOf(until) - millisecondsOf(clock.now());
    accounts.set(
      pause === null
        ? undefined
        : timers.after(Math.min(Math.max(pause, 0) + tickMs, longestPauseMs), () => void pump.ask()),
    );
  }

  /** Whether another window is to run it. One that is slow is not waited for a second time. */
  function isForAnother({ launch, name, window: asked }: ReadyLaunch): boolean {
    if (asked === null || !windows.has(asked) || handedOver.has(launch)) return false;
    handedOver.add(launch);
    logger.log('info', 'left to the window that asked', { agent: name });
    owned.add(timers.after(handOverMs, () => void pump.ask()));
    return true;
  }

  /** Whether a person is to run it: they are told once, and it is claimed as any other. */
  async function isForPerson(launch: ReadyLaunch): Promise<boolean> {
    const attention = runner.obstacle?.(launch) ?? null;
    if (attention === null) return false;
    if (leftToPerson.has(launch.launch)) return true;
    leftToPerson.add(launch.launch);
    const flagged = await client.execute('agent.flag', { agent: launch.agent, attention });
    if (!flagged.ok) logger.log('info', 'agent.flag refused', { why: refusalText(flagged.refusal) });
    return true;
  }

  async function start(launch: ReadyLaunch): Promise<void> {
    running.add(launch.launch);
    try {
      logger.log('info', 'starting', { agent: launch.name, sessionNumber: launch.sessionNumber });
      const exit = await runner.run(launch).then(exitOf, notStarted);
      logger.log('info', 'ended', { agent: launch.name, code: exit.exitCode, signal: exit.exitSignal });
      if (!disposed) await settle(launch, exit);
    } catch (error) {
      logger.log('error', 'the end of a process could not be noted', { agent: launch.name, error });
      // Its launch still waits, so it is started again.
      owned.add(timers.after(againAfter, () => void pump.ask()));
    } finally {
      running.delete(launch.launch);
    }
  }

  /** A process that ended without claiming its launch will never report: this is said for it. */
  async function settle(launch: ReadyLaunch, exit: UnclaimedExit): Promise<void> {
    const withdrawn = await client.execute('launch.withdraw', { launch: launch.launch });
    if (!withdrawn.ok && withdrawn.refusal.code === 'unavailable')
      throw new Error(refusalText(withdrawn.refusal));
    // Claimed by it or by another, or deleted with its agent.
    if (!withdrawn.ok || !withdrawn.value.withdrawn) return;
    const exited = await client.execute('agent.exited', {
      agent: launch.agent,
      sessionNumber: launch.sessionNumber,
      ...exit,
    });
    if (!exited.ok)
      logger.log('warn', 'exit refused', { agent: launch.name, why: refusalText(exited.refusal) });
  }

  owned.add(
    client.onDidChange((events) => {
      if (
        events.some(({ noun, to }) =>
          noun === 'launch' ? to?.['state'] === 'ready' : decidesOnAccounts(noun, to),
        )
      )
        void pump.ask();
    }),
  );

  return {
    launchAll: () => pump.ask(),
    settled: () => pump.settled(),
    dispose() {
      disposed = true;
      owned.dispose();
    },
  };
}

/** Whether what changed of an account may let an agent start that waits, or makes one wait. Its use alone does not. */
const decidesOnAccounts = (noun: Event['noun'], to: Event['to']): boolean =>
  noun === 'account' && (to === null || 'isExhausted' in to || 'exhaustedUntil' in to);

/** The end of a process that never claimed its launch, as `agent.exited` takes it. */
interface UnclaimedExit {
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  readonly reason: string;
  readonly startRefused: boolean;
}

function exitOf({ exitCode, exitSignal, lastWords }: RunEnd): UnclaimedExit {
  const how = exitSignal ?? `exit code ${exitCode ?? 'none'}`;
  const said = lastWords === '' ? '' : `: ${lastWords}`;
  const reason = `Its process ended before it could start (${how})${said}`;
  return { exitCode, exitSignal, reason, startRefused: false };
}

/** No process at all (no program, no trust, no folder): trying again alone does not help, a person has to mend it. */
const notStarted = (error: unknown): UnclaimedExit => ({
  exitCode: null,
  exitSignal: null,
  reason: `Its process could not be started: ${error instanceof Error ? error.message : String(error)}`,
  startRefused: true,
});
