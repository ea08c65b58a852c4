import { execFileSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLive } from '../../../src/domain/agent/agent.ts';
import { createHttpClient } from '../../../src/gateway/client/httpClient.ts';
import { HostAway } from '../../../src/gateway/client/hostLink.ts';
import { readGatewayFile } from '../../../src/gateway/gatewayFile.ts';
import type { InputOf, OperationId, OutputOf } from '../../../src/operations/client.ts';
import { startSloop } from '../../support/cliBundle.ts';

type ShownLoop = OutputOf<'loop.show'>;

/** A line that a scripted agent wrote when it began or ended its turn. */
export interface TraceLine {
  readonly what: 'start' | 'end';
  readonly stage: string;
  readonly pid: number;
}

/** One turn of a script: what a role does in a round, between its two trace lines. */
export interface Turn {
  readonly role: string;
  readonly round?: number;
  readonly attempt?: number;
  readonly steps: readonly object[];
}

const limitMs = 60_000;

/** A workspace with the real host, real `sloop run` processes and scripted agents that wait to be let go on. */
export class LoopWorld {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-loop-'));
  readonly workspace = path.join(this.folder, 'work');
  readonly store = path.join(this.folder, 'store');
  readonly #trace = path.join(this.folder, 'trace');
  readonly #client = createHttpClient({
    locate: () => readGatewayFile(this.store),
    surface: 'cli',
    patienceMs: limitMs,
  });
  #host: ChildProcessWithoutNullStreams | undefined;
  #hostLog = '';
  loop = '';

  constructor() {
    for (const folder of ['work/.sloop/roles', 'go'])
      mkdirSync(path.join(this.folder, folder), { recursive: true });
    // A repository of its own, so that none further up is taken for the workspace.
    execFileSync('git', ['init', '--quiet', this.workspace]);
    writeFileSync(this.#trace, '');
  }

  /** A role of the workspace, which takes the place of the shipped one. */
  role(name: string, frontMatter: string): void {
    const text = `---\ndisplayName: ${name}\ndescription: d\naccess: full\ntools: [stage.finish]\n${frontMatter}\n---\n\nPlay.\n`;
    writeFileSync(path.join(this.workspace, '.sloop/roles', `${name}.md`), text);
  }

  /** Each turn is written into the trace when it begins and when it ends by itself. */
  script(turns: readonly Turn[]): void {
    const parts = turns.map(({ role, round, attempt, steps }) => ({
      when: {
        role,
        ...(round === undefined ? {} : { round }),
        ...(attempt === undefined ? {} : { attempt }),
      },
      steps: [this.#traced('start', role), ...steps, this.#traced('end', role)],
    }));
    writeFileSync(path.join(this.workspace, 'script.yaml'), JSON.stringify({ parts }));
  }

  #traced(what: TraceLine['what'], role: string): object {
    const line = `echo "${what} ${role}-$SLOOP_ROUND $PPID" >> '${this.#trace}'`;
    return { run: { command: ['sh', '-c', line] } };
  }

  trace(): readonly TraceLine[] {
    const lines = readFileSync(this.#trace, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => {
      const [what, stage = '', pid] = line.split(' ');
      return { what: what as TraceLine['what'], stage, pid: Number(pid) };
    });
  }

  /** A step that waits until the test lets it go on. */
  hold = (name: string): object => ({ hold: path.join(this.folder, 'go', name) });
  letGo = (name: string): void => writeFileSync(path.join(this.folder, 'go', name), '');

  async startHost(): Promise<void> {
    const words = ['serve', '--workspace', this.workspace, '--store', this.store, '--json', '--wait'];
    const host = startSloop(words, {
      env: { SLOOP_DATA: path.join(this.folder, 'data'), SLOOP_LOG: 'info' },
    });
    this.#host = host;
    let out = '';
    host.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
    host.stderr.setEncoding('utf8').on('data', (part: string) => (this.#hostLog += part));
    await this.until(() => {
      if (host.exitCode !== null) throw new Error(`the host ended with ${host.exitCode}`);
      return out.includes('"ready":true');
    }, 'the host is ready');
  }

  /** As a crash or the system's memory keeper would end it: nothing is put in order. */
  async killHost(): Promise<void> {
    const host = this.#host;
    if (host === undefined) return;
    this.#host = undefined;
    if (host.exitCode !== null || host.signalCode !== null) return;
    const exited = once(host, 'exit');
    host.kill('SIGKILL');
    await exited;
  }

  async run<Id extends OperationId>(id: Id, input: InputOf<Id>): Promise<OutputOf<Id>> {
    for (;;) {
      try {
        const result = await this.#client.execute(id, input);
        if (!result.ok) throw new Error(`${id}: ${result.refusal.message} ${result.refusal.next}`);
        return result.value as OutputOf<Id>;
      } catch (error) {
        // The file of a host that was killed names an address where nobody is.
        if (!(error instanceof HostAway)) throw error;
        await sleep(50);
      }
    }
  }

  async start(fields: Partial<InputOf<'loop.start'>> = {}): Promise<void> {
    const input = { definition: 'harness', goal: 'Make it right', script: 'script.yaml', ...fields };
    this.loop = (await this.run('loop.start', input)).id;
  }

  show = (): Promise<ShownLoop> => this.run('loop.show', { loop: this.loop, rounds: 100 });

  /** Waits until the loop stands as described and returns it. */
  async untilLoop(holds: (loop: ShownLoop) => boolean, what: string): Promise<ShownLoop> {
    let loop = await this.show();
    await this.until(async () => holds((loop = await this.show())), what);
    return loop;
  }

  untilTraced = (what: TraceLine['what'], stage: string, times = 1): Promise<void> =>
    this.until(
      () => this.trace().filter((line) => line.what === what && line.stage === stage).length >= times,
      `${what} ${stage} (${times})`,
    );

  async until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + limitMs;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`never: ${what}\n${await this.#state()}`);
      await sleep(20);
    }
  }

  /** What a reader of a failed test needs to see. */
  async #state(): Promise<string> {
    const loop = this.loop === '' || this.#host === undefined ? undefined : await this.show();
    return `${JSON.stringify(loop, null, 1)}\n${readFileSync(this.#trace, 'utf8')}\n${this.#hostLog.slice(-8000)}`;
  }

  /** Ends the loop with its agent, then the host in its own time; the host in any case. */
  async close(): Promise<void> {
    try {
      if (this.#host === undefined) await this.startHost();
      if (this.loop !== '') await this.#client.execute('loop.stop', { loop: this.loop });
      await this.until(async () => {
        const { items } = await this.run('agent.list', { limit: 500 });
        return !items.some(({ status }) => isLive(status));
      }, 'no agent lives');
      const host = this.#host;
      const exited = host === undefined ? undefined : once(host, 'exit');
      host?.kill('SIGTERM');
      await exited;
    } finally {
      await this.killHost();
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  }
}
