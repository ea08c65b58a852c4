import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { refusalText } from '../../src/base/result.ts';
import { resolveCommand } from '../../src/agents/providers/executable.ts';
import type { Observation, Usage } from '../../src/agents/providers/observation.ts';
import type {
  LaunchPlan,
  LaunchRequest,
  ProcessEnd,
  Provider,
  StreamParser,
} from '../../src/agents/providers/provider.ts';
import { waitFor } from './waitFor.ts';

interface Started {
  readonly plan: LaunchPlan;
  readonly command: readonly string[];
  readonly usageFile: string | undefined;
}

/** A provider's process, started by its plan and read by its parser, as a runner would. */
export class AgentProcess {
  readonly lines: string[] = [];
  readonly observations: Observation[] = [];
  readonly argv: readonly string[];
  readonly plan: LaunchPlan;
  readonly ended: Promise<ProcessEnd>;
  readonly #child: ChildProcess;
  readonly #stopSignal: NodeJS.Signals;

  static async start(provider: Provider, request: LaunchRequest, spentBefore?: Usage): Promise<AgentProcess> {
    const launched = provider.launch(request);
    if (!launched.ok) throw new Error(refusalText(launched.refusal));
    const plan = launched.value;
    await mkdir(request.privateFolder, { recursive: true, mode: 0o700 });
    for (const { path: name, content, mode } of plan.files) {
      const file = path.join(request.privateFolder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content, { mode });
    }
    // Its hooks call this; what they tell a host is tested with one.
    await mkdir(path.join(request.privateFolder, 'bin'), { recursive: true });
    await writeFile(path.join(request.privateFolder, 'bin', 'sloop'), '#!/bin/sh\nexit 0\n', { mode: 0o700 });
    const hooks = { SLOOP_HOOKS: request.privateFolder };
    const environment = { ...request.environment, ...plan.environment, ...hooks };
    const unset = new Set(plan.unset);
    const kept = Object.fromEntries(Object.entries(environment).filter(([name]) => !unset.has(name)));
    const command = await resolveCommand(plan.argv, environment, provider.nativeOf);
    if (command === undefined) throw new Error(`There is no ${plan.argv[0]} on the PATH.`);
    const [program, ...args] = command;
    const child = spawn(program, args, { cwd: request.workingFolder, env: kept });
    child.stdin.end(plan.stdin.kind === 'text' ? plan.stdin.text : '');
    const usageFile =
      plan.usageFile === undefined ? undefined : path.join(request.privateFolder, plan.usageFile);
    return new AgentProcess(provider.parser(spentBefore), child, { plan, command, usageFile });
  }

  private constructor(parser: StreamParser, child: ChildProcess, { plan, command, usageFile }: Started) {
    this.#stopSignal = plan.stopSignal ?? 'SIGTERM';
    this.#child = child;
    this.argv = command;
    this.plan = plan;
    let stderrTail = '';
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error('The process was started without pipes.');
    createInterface({ input: stderr }).on('line', (line) => {
      stderrTail = `${stderrTail}${line}\n`.slice(-4000);
      this.observations.push(...(parser.pushError?.(line) ?? []));
    });
    createInterface({ input: stdout }).on('line', (line) => {
      this.lines.push(line);
      this.observations.push(...parser.push(line));
    });
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode, signal) => {
        const usageText =
          usageFile !== undefined && existsSync(usageFile) ? readFileSync(usageFile, 'utf8') : undefined;
        const end = { exitCode, signal, stderrTail, usageText };
        this.observations.push(...parser.end(end));
        resolve(end);
      });
    });
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** All observations of one kind, in order. */
  seen<Kind extends Observation['kind']>(kind: Kind): Extract<Observation, { kind: Kind }>[] {
    return this.observations.filter((one): one is Extract<Observation, { kind: Kind }> => one.kind === kind);
  }

  /** All that it spent, by its own stream. */
  spent(): Usage {
    const all = this.seen('usage').map(({ usage }) => usage);
    return {
      inputTokens: all.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
      outputTokens: all.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
    };
  }

  /** Sends a signal to this process alone. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Ends it by its plan's signal, the hard way if it does not go within five seconds. */
  async stop(): Promise<void> {
    if (!this.isAlive) return;
    this.signal(this.#stopSignal);
    await waitFor(() => !this.isAlive, 5000).catch(() => this.signal('SIGKILL'));
    await waitFor(() => !this.isAlive, 5000);
    // What it left running may hold its pipes for as long as it likes.
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    await this.ended;
  }
}
