import type { Clock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import { refusalText } from '../base/result.ts';
import type { Client } from '../operations/client.ts';
import { createDispatcher } from './dispatcher.ts';
import { GitWork, type GitSettings } from './gitWork.ts';
import { createLauncher } from './launcher.ts';
import { createLoopEngine } from './loopEngine.ts';
import { createMergeEngine } from './mergeEngine.ts';
import type { Processes } from './processes.ts';
import { Pump } from './pump.ts';
import type { Runner } from './runner.ts';
import type { Spool } from './spool.ts';
import { createSupervisor } from './supervisor.ts';
import type { Timers } from './timers.ts';
import { createWorktreeEngine } from './worktreeEngine.ts';

export interface EngineParts {
  /** As the system's caller `engine`. */
  readonly client: Client;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storeDir: string;
  readonly runner: Runner;
  readonly processes: Processes;
  readonly spool: Spool;
  readonly timers: Timers;
  readonly git: GitSettings;
  /** Windows of other processes that can run agents now. */
  readonly windows: { has(window: string): boolean };
}

/** All that reacts to committed changes. It acts only through operations and its ports. */
export interface Engine {
  /**
   * Brings rows and processes together as a host finds them when it starts, in the order in which one follows from
   * the other: what dead runners left is taken in, dead agents are noted, waiting launches start, loops go on.
   */
  reconcile(): Promise<void>;
  /** Reacts to nothing any more. Agents go on; what is under way here is finished. */
  stop(): Promise<void>;
}

export function createEngine(parts: EngineParts): Engine {
  const { client, spool, processes, timers, logger } = parts;
  const owned = new DisposableStore();
  const supervisor = owned.add(createSupervisor({ ...parts, logger: logger.child('supervisor') }));
  const launcher = owned.add(createLauncher({ ...parts, logger: logger.child('launcher') }));
  const loops = owned.add(createLoopEngine({ ...parts, logger: logger.child('loops') }));
  const work = new GitWork(parts.git);
  const forGit = { client, timers, work };
  const worktrees = owned.add(createWorktreeEngine({ ...forGit, logger: logger.child('worktrees') }));
  const merges = owned.add(createMergeEngine({ ...forGit, logger: logger.child('merges') }));
  const dispatcher = owned.add(createDispatcher({ ...parts, logger: logger.child('dispatch') }));
  const reconcile = owned.add(
    new Pump(
      async () => {
        await drainSpools();
        await supervisor.look();
        await worktrees.begin();
        await launcher.launchAll();
        await merges.begin();
        await loops.advanceAll();
        await dispatcher.dispatch();
      },
      timers,
      logger.child('reconcile'),
    ),
  );

  /** A runner that lives delivers its own spool; two at once would mix their order. */
  async function drainSpools(): Promise<void> {
    const live = await client.execute('agent.live', {});
    if (!live.ok) throw new Error(refusalText(live.refusal));
    for (const session of await spool.waiting()) {
      const known = live.value.agents.find(
        ({ agent, sessionNumber }) => agent === session.agent && sessionNumber === session.sessionNumber,
      );
      const delivers = known?.pid != null && (await processes.isSame(known.pid, known.pidStartedAt));
      if (!delivers) await spool.drain(session);
    }
  }

  return {
    reconcile: () => reconcile.ask(),
    async stop() {
      owned.dispose();
      work.stop();
      await Promise.all([
        reconcile.settled(),
        supervisor.settled(),
        launcher.settled(),
        loops.settled(),
        dispatcher.settled(),
        worktrees.settled(),
        merges.settled(),
      ]);
    },
  };
}
