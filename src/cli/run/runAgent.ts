import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Observation } from '../../agents/providers/observation.ts';
import type { ProviderCatalog } from '../../agents/providers/catalog.ts';
import type { ProviderSettings, StreamParser } from '../../agents/providers/provider.ts';
import { expectOk, Refused } from '../../base/result.ts';
import { systemProcesses } from '../../engine/processes.ts';
import { HostAway, type HostLink } from '../../gateway/client/hostLink.ts';
import { claimedLaunch, type ClaimedLaunch } from '../../operations/agent/claimLaunch.ts';
import { startChild, type Child, type ChildEnd } from './childProcess.ts';
import type { Display } from './display.ts';
import { prepareLaunch, type Prepared } from './prepareLaunch.ts';
import { createPrivateFolder } from './privateFolder.ts';
import { Reporter } from './reporter.ts';
import { seenOf } from './seenOf.ts';
import { Tail } from './tail.ts';
import { Termination } from './termination.ts';
import { changedPaths, changesText, readWorkingTree, type WorkingTree } from './workingTree.ts';

export interface RunParts {
  readonly link: HostLink;
  readonly providers: ProviderCatalog;
  readonly settings: (provider: string) => ProviderSettings | undefined;
  readonly storeDir: string;
  readonly spool: (agent: string, sessionNumber: number) => string;
  /** Whether this process has a terminal to give to an interactive agent. */
  readonly terminal: boolean;
  readonly process: { readonly pid: number; readonly pidStartedAt: string | null };
  readonly sloop: readonly [string, ...string[]];
  readonly environment: NodeJS.ProcessEnv;
  readonly display: Display;
  /** Calls back for each signal that asks this process to end, until disposed. */
  readonly onSignal: (listener: (signal: NodeJS.Signals) => void) => { dispose(): void };
  /** Beyond the role's time limit, by which the host ends the agent where there is one. */
  readonly limitGraceMs: number;
  /** How long the end waits for a host before it is left to the spool. */
  readonly patienceMs: number;
}

const aliveEveryMs = 20_000;
const retryMs = 250;

/**
 * Runs one started agent from its claim to its recorded end; returns the exit code to pass on. A refused claim is
 * thrown as `Refused`, an absent host as `HostAway`; after the claim neither ends the agent.
 */
export async function runAgent(name: string, parts: RunParts): Promise<number> {
  const run = new AgentRun(await claim(name, parts), parts);
  const signals = parts.onSignal((signal) => run.endBy(signal));
  try {
    return await run.finish(await run.play());
  } finally {
    signals.dispose();
  }
}

/** The same process may claim again, so a lost answer does no harm. */
async function claim(
  name: string,
  { link, process, terminal, patienceMs }: RunParts,
): Promise<ClaimedLaunch> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    try {
      return claimedLaunch.parse(
        expectOk(await link.execute('launch.claim', { agent: name, terminal, ...process })),
      );
    } catch (error) {
      if (!(error instanceof HostAway) || Date.now() >= giveUpAt) throw error;
      await sleep(retryMs);
    }
  }
}

interface Ending extends ChildEnd {
  readonly reason: string | null;
  readonly timedOut: boolean;
}

class AgentRun {
  readonly #launch: ClaimedLaunch;
  readonly #parts: RunParts;
  readonly #reporter: Reporter;
  readonly #stderr = new Tail(40);
  #stop: (signal?: NodeJS.Signals) => void = () => (this.#stopEarly = true);
  #stopEarly = false;
  #lastMessage: string | null = null;
  #lastRetry = '';
  #aliveAt = 0;

  constructor(launch: ClaimedLaunch, parts: RunParts) {
    this.#launch = launch;
    this.#parts = parts;
    const { id, sessionNumber } = launch.agent;
    this.#reporter = new Reporter({
      link: parts.link,
      agent: id,
      sessionNumber,
      process: parts.process,
      spool: parts.spool(id, sessionNumber),
      onStop: () => this.#stop(),
      onReplaced: (why) => {
        parts.display.note(why);
        this.#stop();
      },
      onNote: (text) => parts.display.note(text),
    });
  }

  /** A signal to this process is one to the agent's; a terminal's Ctrl-C reaches an interactive agent by itself. */
  endBy(signal: NodeJS.Signals): void {
    if (signal !== 'SIGINT' || this.#launch.agent.form === 'streamed') this.#stop(signal);
  }

  /** Starts the provider's process and stays until it has ended. */
  async play(): Promise<Ending> {
    const { storeDir, sloop, display, providers, settings } = this.#parts;
    const { agent } = this.#launch;
    const folder = await createPrivateFolder(storeDir, agent.id, sloop);
    try {
      display.note(
        `${agent.name} (${agent.role}, ${agent.provider}) starts in ${this.#launch.workingFolder}`,
      );
      const provider = expectOk(providers.find(agent.provider));
      const prepared = await prepareLaunch(this.#launch, {
        ...this.#parts,
        provider,
        settings: settings(agent.provider),
        folder,
      });
      const before = await this.#workingTree();
      const ending = await this.#runProcess(prepared, provider.parser(this.#launch.agent));
      await this.#tellChanges(before);
      return ending;
    } catch (error) {
      // What keeps an agent from starting is told to whoever looks at it, not only to this terminal.
      const reason = error instanceof Refused || error instanceof Error ? error.message : String(error);
      this.#observe({ kind: 'failed', failure: 'other', reason });
      return { exitCode: null, signal: null, reason, timedOut: false };
    } finally {
      await folder.remove();
    }
  }

  async #runProcess({ plan, command, environment }: Prepared, parser: StreamParser): Promise<Ending> {
    const { agent, workingFolder, limits } = this.#launch;
    for (const text of plan.cannot) this.#note(text);
    if (plan.providerSessionId !== undefined)
      this.#observe({ kind: 'session', providerSessionId: plan.providerSessionId });
    const child = await startChild({
      plan,
      command,
      environment,
      form: agent.form,
      folder: workingFolder,
      onLine: (line) => this.#line(parser.push(line)),
      onErrorLine: (line) => {
        this.#stderr.add(line);
        this.#reporter.see({ kind: 'raw', text: line });
      },
    });
    const { end, timedOut } = await this.#until(child, limits.minutes, plan.stopSignal);
    // One that did not end by itself could not end the commands that it ran.
    if (end.exitCode !== 0)
      await systemProcesses.killOrphans({ storeDir: this.#parts.storeDir, agent: agent.name });
    for (const observation of parser.end({ ...end, stderrTail: this.#stderr.text() }))
      this.#observe(observation);
    return { ...end, reason: null, timedOut };
  }

  /** Not every CLI can keep its shell from writing, so the repository of a role that may only read is compared. */
  async #workingTree(): Promise<WorkingTree | undefined> {
    const { access, workingFolder } = this.#launch;
    return access === 'full' ? undefined : await readWorkingTree(workingFolder, this.#parts.environment);
  }

  async #tellChanges(before: WorkingTree | undefined): Promise<void> {
    const after = before === undefined ? undefined : await this.#workingTree();
    if (before === undefined || after === undefined) return;
    const paths = changedPaths(before, after);
    if (paths.length === 0) return;
    const text = changesText(paths);
    this.#parts.display.note(text);
    this.#reporter.see({ kind: 'attention', text });
  }

  /**
   * Waits for the end; asks for it when told to, or at the time limit.
   * @param stopSignal the only one by which the agent's CLI also ends what it runs, whoever asks in which way.
   */
  async #until(
    child: Child,
    minutes: number,
    stopSignal: NodeJS.Signals | undefined,
  ): Promise<{ end: ChildEnd; timedOut: boolean }> {
    const termination = new Termination(child, stopSignal);
    let timedOut = false;
    this.#stop = (signal) => termination.ask(signal);
    if (this.#stopEarly) termination.ask();
    // A person who sits in front of an interactive agent ends it by themselves.
    const limit =
      this.#launch.agent.form === 'interactive'
        ? undefined
        : // Node's timers end at 2^31 ms; a limit of more than 24 days is the host's alone to keep.
          setTimeout(
            () => {
              timedOut = true;
              this.#note(`Ended after ${minutes} minutes, the limit of its role.`);
              termination.ask();
            },
            Math.min(minutes * 60_000 + this.#parts.limitGraceMs, 2 ** 31 - 1),
          );
    try {
      return { end: await child.ended, timedOut };
    } finally {
      clearTimeout(limit);
      termination.done();
    }
  }

  /** Reports the end and says which exit code to pass on. */
  async finish({ exitCode, signal, reason, timedOut }: Ending): Promise<number> {
    const { display, patienceMs } = this.#parts;
    display.note(
      `${this.#launch.agent.name} ended (${reason ?? signal ?? `exit code ${exitCode ?? 'unknown'}`})`,
    );
    const exit = { exitCode, exitSignal: signal, lastMessage: this.#lastMessage, reason, timedOut };
    const delivered = await this.#reporter.exited(exit, patienceMs);
    if (!delivered) display.note('There is no host; the next one reads what is left from the spool.');
    if (signal !== null) return 128 + (constants.signals[signal] ?? 0);
    return exitCode ?? 1;
  }

  #line(observations: readonly Observation[]): void {
    for (const observation of observations) this.#observe(observation);
    if (observations.length > 0 || Date.now() - this.#aliveAt < aliveEveryMs) return;
    this.#aliveAt = Date.now();
    this.#reporter.see({ kind: 'alive' });
  }

  #observe(observation: Observation): void {
    if (observation.kind === 'retrying') {
      // Some CLIs say so many times a minute, for ever.
      if (observation.reason === this.#lastRetry) return;
      this.#lastRetry = observation.reason;
    } else this.#lastRetry = '';
    if (observation.kind === 'said') this.#lastMessage = observation.text;
    if (observation.kind === 'ended') this.#lastMessage = observation.text ?? this.#lastMessage;
    this.#parts.display.show(observation);
    for (const seen of seenOf(observation)) this.#reporter.see(seen);
  }

  #note(text: string): void {
    this.#parts.display.note(text);
    this.#reporter.see({ kind: 'note', text });
  }
}
