import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { mostAttempts, type Agent } from '../../../src/domain/agent/agent.ts';
import type { LogChunk } from '../../../src/domain/agent/logChunk.ts';
import { role, type Role } from '../../../src/domain/role/role.ts';
import { tokenHash } from '../../../src/gateway/tokens.ts';
import { cleanEnvironment, ended, sloopPath, startSloop, type Ran } from '../../support/cliBundle.ts';
import { startTestGateway, type TestGateway } from '../../support/testGateway.ts';

const coder: Role = role.parse({
  name: 'coder',
  displayName: 'Coder',
  description: 'd',
  access: 'full',
  tools: ['report'],
  prompt: 'You code.',
});

const reader: Role = { ...coder, name: 'reader', displayName: 'Reader', access: 'read-only-shell' };

/** A script's step by which the agent says that it is done. */
export const reportDone = '{ mcp: { operation: report, input: { status: done, summary: All done } } }';

/** A running `sloop run` of a test. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ran>;
  signal(signal: NodeJS.Signals): void;
}

/** A gateway over test rows and a working folder, with agents to run by the real, built `sloop run`. */
export class RunWorld {
  readonly gateway: TestGateway;
  readonly folder: string;
  readonly #started: Running[] = [];

  static async open(): Promise<RunWorld> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-run-'));
    let tokens = 0;
    const gateway = await startTestGateway({
      roles: [coder, reader],
      surroundings: {
        workspaceRoot: folder,
        tokens: {
          next() {
            tokens += 1;
            const token = `agent-token-${tokens}`;
            return { token, hash: tokenHash(token) };
          },
        },
      },
    });
    return new RunWorld(gateway, folder);
  }

  private constructor(gateway: TestGateway, folder: string) {
    this.gateway = gateway;
    this.folder = folder;
  }

  /** Decides that a scripted agent starts and returns its name; nothing runs yet. */
  async start(
    script: string,
    form: 'streamed' | 'interactive' = 'streamed',
    role: 'coder' | 'reader' = 'coder',
  ): Promise<string> {
    writeFileSync(path.join(this.folder, 'script.yaml'), script);
    const prompt = 'Do it.';
    const { name } = await this.gateway.host.run('agent.start', {
      role,
      prompt,
      form,
      script: 'script.yaml',
    });
    return this.#once(name);
  }

  /** Decides that an agent of a person's own command line starts; its process is `node -e code`. */
  async startCommand(code: string, program = process.execPath): Promise<string> {
    const argv = [program, '-e', code, '{prompt}'];
    const settings = { commands: [{ id: 'command', title: 'Own command', argv }] };
    writeFileSync(path.join(this.folder, 'settings.yaml'), JSON.stringify(settings));
    const { name } = await this.gateway.host.run('agent.start', {
      role: 'coder',
      prompt: 'Do it.',
      provider: 'command',
    });
    return this.#once(name);
  }

  /** Its last attempt: what the end of one process leaves is looked at, not how the next one starts. */
  async #once(name: string): Promise<string> {
    const agent = await this.agent(name);
    await this.gateway.host.tables((tables) => tables.agent.update({ ...agent, attempt: mostAttempts }));
    return name;
  }

  run(name: string, env: Readonly<Record<string, string>> = {}): Running {
    const child = startSloop(['run', name], { cwd: this.folder, env: { ...this.environment(), ...env } });
    child.stdin.end();
    return this.#remember(child);
  }

  /** The same in a pseudo-terminal, by util-linux's `script`. */
  runInTerminal(name: string): Running {
    const words = [process.execPath, sloopPath(), 'run', name].map((word) => `'${word}'`).join(' ');
    const child = spawn('script', ['-qec', words, '/dev/null'], {
      cwd: this.folder,
      env: cleanEnvironment({ ...this.environment(), SHELL: '/bin/sh' }),
    });
    return this.#remember(child);
  }

  #remember(child: ChildProcessWithoutNullStreams): Running {
    const running = {
      pid: child.pid ?? 0,
      ended: ended(child),
      signal: (signal: NodeJS.Signals) => void child.kill(signal),
    };
    this.#started.push(running);
    return running;
  }

  environment(): Record<string, string> {
    return { SLOOP_STORE: this.gateway.storeDir, SLOOP_DATA: this.folder };
  }

  agent(name: string): Promise<Agent> {
    return this.gateway.host.tables((tables) => {
      const found = tables.agent.findByName(name);
      if (found === undefined) throw new Error(`There is no agent ${name}.`);
      return found;
    });
  }

  async log(name: string): Promise<readonly Pick<LogChunk, 'kind' | 'content'>[]> {
    const { items } = await this.gateway.host.run('agent.log', { agent: name, limit: 500 });
    return items.map(({ kind, content }) => ({ kind, content }));
  }

  async said(name: string): Promise<readonly string[]> {
    return (await this.log(name)).filter(({ kind }) => kind === 'said').map(({ content }) => content);
  }

  /** Waits until the agent's row is as wanted. */
  async until(name: string, holds: (agent: Agent) => boolean, limitMs = 30_000): Promise<Agent> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const agent = await this.agent(name);
      if (holds(agent)) return agent;
      if (Date.now() > deadline)
        throw new Error(`Not within ${limitMs} ms: ${holds.toString()}; it is ${JSON.stringify(agent)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  file = (name: string): string => path.join(this.folder, name);
  read = (name: string): string => readFileSync(this.file(name), 'utf8');
  /** Lets a script's `hold` go on. */
  release = (name: string): void => writeFileSync(this.file(name), '');

  async close(): Promise<void> {
    for (const running of this.#started) running.signal('SIGKILL');
    await Promise.all(this.#started.map((running) => running.ended));
    await this.gateway.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
