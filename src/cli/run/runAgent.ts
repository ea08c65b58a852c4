import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderCatalog } from '../../agents/providers/catalog.ts';
import type { ProviderSettings, StreamParser } from '../../agents/providers/provider.ts';
import { transcriptParsers } from '../../agents/providers/transcripts/transcriptParsers.ts';
import { expectOk, Refused, type Result } from '../../base/result.ts';
import { systemProcesses } from '../../engine/processes.ts';
import type { ClaimedLaunch } from '../../operations/agent/claimLaunch.ts';
import { redactor, secretsOf, type Credentials } from './accountEnvironment.ts';
import { startChild, type Child, type ChildEnd } from './childProcess.ts';
import { claimLaunch, type ClaimParts } from './claimLaunch.ts';
import type { Display } from './display.ts';
import { Observer } from './observer.ts';
import { prepareLaunch, type Prepared } from './prepareLaunch.ts';
import { createPrivateFolder, type PrivateFolder } from './privateFolder.ts';
import { Reporter } from './reporter.ts';
import { sloopEnvironment } from './sloopCommand.ts';
import { Termination } from './termination.ts';
import { TranscriptTail } from './transcriptTail.ts';
import { changedPaths, changesText, readWorkingTree, type WorkingTree } from './workingTree.ts';

export interface RunParts extends ClaimParts {
  readonly providers: ProviderCatalog;
  readonly settings: (provider: string, role: string) => ProviderSettings | undefined;
  /** Fetches what hands the launch's account to its process. */
  readonly credentials: (launch: ClaimedLaunch) => Promise<Result<Credentials>>;
  readonly storeDir: string;
  readonly spool: (agent: string, sessionNumber: number) => string;
  readonly sloop: readonly [string, ...string[]];
  readonly environment: NodeJS.ProcessEnv;
  readonly display: Display;
  /** Calls back for each signal that asks this process to end, until disposed. */
  readonly onSignal: (listener: (signal: NodeJS.Signals) => void) => { dispose(): void };
  /** Beyond the role's time limit, by which the host ends the agent where there is one. */
  readonly limitGraceMs: number;
  /**
   * How long the end waits to be reported when the terminal went away: until then the window says whether the
   * person closed it, which stops the agent, or the editor did, which is a crash.
   */
  readonly hangUpGraceMs: number;
}

/** Node's timers go no further: a limit beyond it, of 24 days, is the host's alone to keep. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Runs one started agent from its claim to its recorded end; returns the exit code to pass on. A refused claim is
 * thrown as `Refused`, an absent host as `HostAway`; after the claim neither ends the agent.
 */
export async function runAgent(name: string, parts: RunParts): Promise<number> {
  const run = new AgentRun(await claimLaunch(name, parts), parts);
  const signals = parts.onSignal((signal) => run.endBy(signal));
  try {
    return await run.finish(await run.play());
  } finally {
    signals.dispose();
  }
}

interface Ending extends ChildEnd {
  readonly reason: string | null;
  readonly timedOut: boolean;
  /** What the person has to mend first: the program is not there, a setting is wrong. */
  readonly startRefused: boolean;
}

class AgentRun {
  readonly #launch: ClaimedLaunch;
  readonly #parts: RunParts;
  readonly #reporter: Reporter;
  readonly #observer: Observer;
  #stop: (signal?: NodeJS.Signals) => void = () => (this.#stopEarly = true);
  #stopEarly = false;
  /** Takes this launch's secrets out of what its agent prints. */
  #redact = redactor([]);
  #hungUp = false;

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
    this.#observer = new Observer(parts.display, this.#reporter);
  }

  /** A signal to this process is one to the agent's; a terminal's Ctrl-C reaches an interactive agent by itself. */
  endBy(signal: NodeJS.Signals): void {
    this.#hungUp ||= signal === 'SIGHUP';
    if (signal !== 'SIGINT' || this.#launch.agent.form === 'streamed') this.#stop(signal);
  }

  /** Starts the provider's process and stays until it has ended. */
  async play(): Promise<Ending> {
    const { storeDir, sloop, display, providers, settings } = this.#parts;
    const { agent } = this.#launch;
    let folder: PrivateFolder | undefined;
    try {
      folder = await createPrivateFolder(storeDir, agent.id, this.#parts.process, {
        words: sloop,
        env: sloopEnvironment(this.#parts.environment),
      });
      display.note(
        `${agent.name} (${agent.role}, ${agent.provider}) starts in ${this.#launch.workingFolder}`,
      );
      const provider = expectOk(providers.find(agent.provider));
      const { accountId } = agent;
      const credentials = accountId === null ? {} : expectOk(await this.#parts.credentials(this.#launch));
      this.#redact = redactor([...secretsOf(provider.accounts, credentials), this.#launch.token]);
      const prepared = await prepareLaunch(this.#launch, {
        ...this.#parts,
        credentials,
        provider,
        settings: settings(agent.provider, agent.role),
        folder,
      });
      const before = await this.#workingTree();
      const ending = await this.#runProcess(prepared, provider.parser(this.#launch.agent), folder);
      await this.#tellChanges(before);
      return ending;
    } catch (error) {
      // What keeps an agent from starting is told to whoever looks at it, not only to this terminal.
      const reason = error instanceof Refused || error instanceof Error ? error.message : String(error);
      this.#observer.observe({ kind: 'failed', failure: 'other', reason });
      return {
        exitCode: null,
        signal: null,
        reason,
        timedOut: false,
        startRefused: error instanceof Refused,
      };
    } finally {
      await folder?.remove();
    }
  }

  async #runProcess(
    { plan, command, environment }: Prepared,
    parser: StreamParser,
    folder: PrivateFolder,
  ): Promise<Ending> {
    const { agent, workingFolder, limits } = this.#launch;
    for (const text of plan.cannot) this.#observer.note(text);
    if (plan.providerSessionId !== undefined)
      this.#observer.observe({ kind: 'session', providerSessionId: plan.providerSessionId });
    const transcript = this.#readAlong(folder);
    const child = await startChild({
      plan,
      command,
      environment,
      form: agent.form,
      folder: workingFolder,
      onLine: (line) => this.#observer.line(parser.push(this.#redact(line))),
      onErrorLine: (line) => {
        const shown = this.#redact(line);
        this.#observer.errorLine(shown, parser.pushError?.(shown));
      },
    });
    const { end, timedOut, asked } = await this.#until(child, limits.minutes, plan.stopSignal);
    // One that did not end by itself could not end the commands that it ran, whatever its exit code.
    if (end.exitCode !== 0 || asked)
      await systemProcesses.killOrphans({ storeDir: this.#parts.storeDir, agent: agent.name });
    await transcript?.end();
    // Nothing of its terminal was read: how it ended is all there is.
    if (agent.form === 'interactive') return { ...end, reason: null, timedOut, startRefused: false };
    const usageText = await folder.read(plan.usageFile);
    for (const observation of parser.end({ ...end, stderrTail: this.#observer.stderrTail, usageText }))
      this.#observer.observe(observation);
    return { ...end, reason: null, timedOut, startRefused: false };
  }

  /** What an agent does in a terminal of its own is seen in its session's file, where its CLI keeps one. */
  #readAlong(folder: PrivateFolder): TranscriptTail | undefined {
    const { form, provider } = this.#launch.agent;
    const parser = form === 'interactive' ? transcriptParsers[provider]?.() : undefined;
    if (parser === undefined) return undefined;
    return new TranscriptTail({
      folder: folder.path,
      parser: { push: (line) => parser.push(this.#redact(line)) },
      since: new Date(),
      onLine: (observations) => this.#observer.overhear(observations),
      onFault: (error) =>
        this.#reporter.see({ kind: 'note', text: `Its session's file cannot be read: ${String(error)}` }),
    });
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
    this.#observer.note(changesText(paths), 'attention');
  }

  /**
   * Waits for the end; asks for it when told to, or at the time limit.
   * @param stopSignal the only one by which the agent's CLI also ends what it runs, whoever asks in which way.
   */
  async #until(
    child: Child,
    minutes: number,
    stopSignal: NodeJS.Signals | undefined,
  ): Promise<{ end: ChildEnd; timedOut: boolean; asked: boolean }> {
    const termination = new Termination(child, stopSignal);
    let timedOut = false;
    this.#stop = (signal) => termination.ask(signal);
    if (this.#stopEarly) termination.ask();
    const limitMs = minutes * 60_000 + this.#parts.limitGraceMs;
    // A person who sits in front of an interactive agent ends it by themselves.
    const isLimited = this.#launch.agent.form === 'streamed' && limitMs <= longestTimerMs;
    const onLimit = () => {
      timedOut = true;
      this.#observer.note(`Ended after ${minutes} minutes, the limit of its role.`);
      termination.ask();
    };
    const limit = isLimited ? setTimeout(onLimit, limitMs) : undefined;
    try {
      const end = await child.ended;
      return { end, timedOut, asked: termination.asked };
    } finally {
      clearTimeout(limit);
      termination.done();
    }
  }

  /** Reports the end and says which exit code to pass on. */
  async finish({ exitCode, signal, ...ending }: Ending): Promise<number> {
    const { display, patienceMs, hangUpGraceMs } = this.#parts;
    if (this.#hungUp) await sleep(hangUpGraceMs);
    display.note(
      `${this.#launch.agent.name} ended (${ending.reason ?? signal ?? `exit code ${exitCode ?? 'unknown'}`})`,
    );
    const { lastMessage, failure } = this.#observer;
    const exit = { exitCode, exitSignal: signal, lastMessage, failure, ...ending };
    const delivered = await this.#reporter.exited(exit, patienceMs);
    if (!delivered) display.note('There is no host; the next one reads what is left from the spool.');
    if (signal !== null) return 128 + (constants.signals[signal] ?? 0);
    return exitCode ?? 1;
  }
}
