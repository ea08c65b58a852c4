import { millisecondsOf, type Clock } from '../base/clock.ts';
import { DisposableSlot, DisposableStore, type Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import { refusalText } from '../base/result.ts';
import type { LiveAgent } from '../operations/agent/supervision.ts';
import type { Client } from '../operations/client.ts';
import type { Processes } from './processes.ts';
import { Pump } from './pump.ts';
import type { Spool } from './spool.ts';
import type { Timers } from './timers.ts';

export interface SupervisorParts {
  readonly storeDir: string;
  readonly client: Client;
  readonly processes: Processes;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface Supervisor extends Disposable {
  /** Resolves when the work under way has ended. */
  settled(): Promise<void>;
  /** Looks at every live agent now. */
  look(): Promise<void>;
}

const lookEvery = 2000;
/** A stage's agent that has reported should end by itself within this time. */
const lingerMs = 30_000;
/** From the polite signal to the one that cannot be refused; `sloop run` ends its agent well within it. */
const killAfterMs = 15_000;
const minute = 60_000;

/**
 * Watches the processes of live agents: notes those that are gone, flags those that are silent, ends those that
 * were asked to end, that are over their role's time, or that linger after their report. It looks on a timer only
 * while there is an agent to look at.
 */
export function createSupervisor(parts: SupervisorParts): Supervisor {
  const { client, processes, spool, clock, timers, logger, storeDir } = parts;
  const owned = new DisposableStore();
  const next = owned.add(new DisposableSlot());
  /** When each session of an agent was first told to end. */
  const asked = new Map<string, number>();

  const pump = owned.add(
    new Pump(
      async () => {
        const live = await client.execute('agent.live', {});
        if (!live.ok) throw new Error(refusalText(live.refusal));
        const { agents } = live.value;
        forgetEnded(agents);
        for (const agent of agents)
          // One that cannot be looked after now keeps no other from it; the next look is soon.
          await watch(agent).catch((error: unknown) =>
            logger.log('error', 'an agent could not be looked after', { agent: agent.name, error }),
          );
        next.set(agents.length === 0 ? undefined : timers.after(lookEvery, () => void pump.ask()));
      },
      timers,
      logger,
    ),
  );

  function forgetEnded(agents: readonly LiveAgent[]): void {
    const present = new Set(agents.map(keyOf));
    for (const key of asked.keys()) if (!present.has(key)) asked.delete(key);
  }

  async function watch(agent: LiveAgent): Promise<void> {
    if (agent.launch === 'ready' || agent.launch === 'preparing') return;
    if (agent.pid === null) return gone(agent, 'It was never started.');
    if (!(await processes.isSame(agent.pid, agent.pidStartedAt)))
      return gone(agent, `Its process ${agent.pid} is gone.`);
    if (agent.stopRequestedBy !== null) return end(agent, agent.pid);
    const now = millisecondsOf(clock.now());
    const since = (moment: LiveAgent['startedAt']) => now - millisecondsOf(moment);
    const lingers = agent.stageId !== null && agent.reportedAt !== null && since(agent.reportedAt) > lingerMs;
    // A person who sits in front of an interactive agent ends it by themselves.
    const isOver = agent.form === 'streamed' && since(agent.startedAt) > agent.maxMinutes * minute;
    if (lingers || isOver) return halt(agent);
    const silent = since(agent.heardAt) > agent.stallMinutes * minute;
    if (silent && agent.attention === null && agent.status !== 'waiting_for_input')
      await say('agent.flag', agent, {
        attention: `No sign of life for ${agent.stallMinutes} minutes.`,
      });
  }

  /**
   * What the process left running is ended first, so that no orphan works beside the agent that takes its place;
   * then what it could not deliver is taken in: it may have reported its end itself.
   */
  async function gone(agent: LiveAgent, reason: string): Promise<void> {
    const orphans = await processes.killOrphans({ storeDir, agent: agent.name });
    if (orphans > 0) logger.log('warn', 'killed orphans of an agent', { agent: agent.name, orphans });
    await spool.drain(agent);
    const { sessionNumber } = agent;
    await say('agent.exited', agent, { sessionNumber, exitCode: null, exitSignal: null, reason });
  }

  async function halt(agent: LiveAgent): Promise<void> {
    logger.log('info', 'halting', { agent: agent.name, reported: agent.reported });
    await say('agent.halt', agent, {});
    if (agent.pid !== null) end(agent, agent.pid);
  }

  function end(agent: LiveAgent, pid: number): void {
    const now = millisecondsOf(clock.now());
    const first = asked.get(keyOf(agent));
    if (first === undefined) {
      asked.set(keyOf(agent), now);
      processes.signal(pid, 'SIGTERM');
    } else if (now - first > killAfterMs) {
      logger.log('warn', 'killing an agent that did not end', { agent: agent.name, pid });
      // What it leaves behind is found and ended when it is gone.
      processes.signal(pid, 'SIGKILL');
    }
  }

  async function say(operation: string, { agent, name }: LiveAgent, fields: object): Promise<void> {
    const said = await client.executeNamed(operation, { agent, ...fields });
    if (said.ok) return;
    if (said.refusal.code === 'unavailable') throw new Error(refusalText(said.refusal));
    // It ended or was deleted meanwhile.
    logger.log('info', `${operation} refused`, { agent: name, why: refusalText(said.refusal) });
  }

  owned.add(
    client.onDidChange((events) => {
      if (events.some(({ noun, to }) => noun === 'agent' && to !== null && matters(to))) void pump.ask();
    }),
  );

  return { look: () => pump.ask(), settled: () => pump.settled(), dispose: () => owned.dispose() };
}

const keyOf = (agent: LiveAgent): string => `${agent.agent} ${agent.sessionNumber}`;

/** Output alone changes nothing that the supervisor acts on at once. */
const matters = (to: Readonly<Record<string, unknown>>): boolean =>
  'status' in to || 'stopRequestedBy' in to || 'pid' in to;
