import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpClient } from '../../src/gateway/client/httpClient.ts';
import { HostAway } from '../../src/gateway/client/hostLink.ts';
import { readGatewayFile } from '../../src/gateway/gatewayFile.ts';
import type { InputOf, OperationId, OutputOf } from '../../src/operations/client.ts';
import { startSloop } from './cliBundle.ts';

const limitMs = 60_000;

export interface RealHostParts {
  readonly workspace: string;
  readonly store: string;
  readonly env: Readonly<Record<string, string>>;
}

/** `sloop serve` of the built program on a store that outlives it, and a person's client to it. */
export class RealHost {
  readonly #parts: RealHostParts;
  readonly #client;
  #process: ChildProcessWithoutNullStreams | undefined;
  #log = '';

  constructor(parts: RealHostParts) {
    this.#parts = parts;
    this.#client = createHttpClient({
      locate: () => readGatewayFile(parts.store),
      surface: 'cli',
      patienceMs: limitMs,
    });
  }

  /** Resolves when it is ready for calls. */
  async start(): Promise<void> {
    const { workspace, store, env } = this.#parts;
    const words = ['serve', '--workspace', workspace, '--store', store, '--json', '--wait'];
    const host = startSloop(words, { env: { SLOOP_LOG: 'info', ...env }, cwd: workspace });
    this.#process = host;
    let out = '';
    host.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
    host.stderr.setEncoding('utf8').on('data', (part: string) => (this.#log += part));
    await this.until(() => {
      if (host.exitCode !== null) throw new Error(`The host ended with ${host.exitCode}: ${this.#log}`);
      return out.includes('"ready":true');
    }, 'the host is ready');
  }

  /** As a crash or the system's memory keeper would end it: nothing is put in order. */
  kill = (): Promise<void> => this.#end('SIGKILL');

  /** As a person would end it. */
  stop = (): Promise<void> => this.#end('SIGTERM');

  async #end(signal: NodeJS.Signals): Promise<void> {
    const host = this.#process;
    this.#process = undefined;
    if (host === undefined || host.exitCode !== null || host.signalCode !== null) return;
    const exited = once(host, 'exit');
    host.kill(signal);
    await exited;
  }

  /** Runs an operation as the person; a refusal throws with its text. */
  async run<Id extends OperationId>(id: Id, input: InputOf<Id>): Promise<OutputOf<Id>> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      try {
        const result = await this.#client.execute(id, input);
        if (!result.ok) throw new Error(`${id}: ${result.refusal.message} ${result.refusal.next}`);
        return result.value as OutputOf<Id>;
      } catch (error) {
        // The file of a host that was killed names an address where nobody is.
        if (!(error instanceof HostAway) || Date.now() > deadline) throw error;
        await sleep(50);
      }
    }
  }

  /** Waits for a condition; what the host logged is in the error when it never comes. */
  async until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + limitMs;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`never: ${what}\n${this.#log.slice(-8000)}`);
      await sleep(40);
    }
  }
}
