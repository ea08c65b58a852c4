import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Usage } from '../../src/agents/providers/observation.ts';
import type { LaunchRequest, Provider } from '../../src/agents/providers/provider.ts';
import { agentCliBin, agentCliFolder } from '../../scripts/installAgentClis.mjs';
import { AgentProcess } from './agentProcess.ts';
import { withoutSandbox } from './codexSandbox.ts';
import {
  homeFiles,
  mockModelFor,
  mockModelSettings,
  realProviders,
  type RealProvider,
} from './mockModel/settings.ts';
import { startMockModel, type MockModel } from './mockModel/mockModel.ts';
import type { Script } from './mockModel/script.ts';

const stubBridge = fileURLToPath(new URL('stubBridge.mjs', import.meta.url));

/** A call that reached the stand-in bridge. */
export interface BridgeCall {
  readonly tool: string;
  readonly input: unknown;
  readonly token: string | null;
}

type Overrides = Partial<LaunchRequest> & {
  readonly bridgeFails?: boolean;
  readonly modelUrl?: string;
  readonly spentBefore?: Usage;
};

/** A place for real agent CLIs: an empty home, a git repository, a scripted model and a stand-in for the bridge. */
export class ProviderWorld {
  readonly provider: Provider;
  readonly model: MockModel;
  readonly repository: string;
  /** The agent's token, unlike any other: it must be found in the bridge and nowhere else. */
  readonly token = `token-${randomUUID()}`;
  readonly #root: string;
  readonly #started: AgentProcess[] = [];

  static async open(
    provider: Provider,
    scripts: (repository: string) => readonly Script[],
  ): Promise<ProviderWorld> {
    if (!existsSync(agentCliBin)) throw new Error('Run `node scripts/installAgentClis.mjs` first.');
    // Not under the temporary folder: Codex makes no helpers for a home that lies there.
    const root = mkdtempSync(path.join(agentCliFolder, 'world-'));
    const repository = path.join(root, 'repository');
    for (const folder of ['home/.codex', 'private', 'repository'])
      mkdirSync(path.join(root, folder), { recursive: true });
    writeHome(path.join(root, 'home'), nameOf(provider));
    execFileSync('git', ['init', '--quiet', repository]);
    return new ProviderWorld(provider, await startMockModel(scripts(repository)), root);
  }

  private constructor(provider: Provider, model: MockModel, root: string) {
    this.provider = provider;
    this.model = model;
    this.repository = path.join(root, 'repository');
    this.#root = root;
  }

  /** Starts an agent with everything that `overrides` does not say. */
  async start(overrides: Overrides = {}): Promise<AgentProcess> {
    const { bridgeFails = false, modelUrl = this.model.url, spentBefore, ...request } = overrides;
    const settings = mockModelSettings(nameOf(this.provider), modelUrl);
    const process = await AgentProcess.start(
      this.provider,
      {
        form: 'streamed',
        prompt: 'Do the task.',
        systemPrompt: 'You are an agent in a test. role: coder',
        workingFolder: this.repository,
        privateFolder: path.join(this.#root, 'private'),
        access: 'full',
        model: mockModelFor(this.provider.id),
        limits: {},
        session: { kind: 'new', id: randomUUID() },
        tools: ['report'],
        environment: this.environment,
        ...request,
        settings: {
          ...settings,
          ...request.settings,
          env: { ...settings.env, ...request.settings?.env },
          extraArguments: [
            ...(settings.extraArguments ?? []),
            ...(this.provider.id === 'codex' ? withoutSandbox() : []),
            ...(request.settings?.extraArguments ?? []),
          ],
        },
        bridge: {
          command: globalThis.process.execPath,
          args: [stubBridge],
          env: { STUB_LOG: this.#bridgeLog, STUB_FAIL: bridgeFails ? '1' : '' },
          secretEnv: { SLOOP_TOKEN: this.token },
        },
      },
      spentBefore,
    );
    this.#started.push(process);
    return process;
  }

  /** A clean one: nothing of the tester's own logins or settings. */
  get environment(): Record<string, string> {
    return {
      HOME: path.join(this.#root, 'home'),
      PATH: [agentCliBin, path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(
        path.delimiter,
      ),
      LANG: 'C.UTF-8',
    };
  }

  /** What reached the bridge so far. */
  bridgeCalls(): BridgeCall[] {
    const log = readIfThere(this.#bridgeLog) ?? '';
    return log
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as BridgeCall);
  }

  /** A file of the repository, or undefined. */
  read(name: string): string | undefined {
    return readIfThere(path.join(this.repository, name));
  }

  async close(): Promise<void> {
    await Promise.all(this.#started.map((process) => process.stop()));
    await this.model.close();
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  get #bridgeLog(): string {
    return path.join(this.#root, 'bridge.log');
  }
}

const nameOf = ({ id }: Provider): RealProvider => {
  const name = realProviders.find((known) => known === id);
  if (name === undefined) throw new Error(`${id} is not tested with its real program.`);
  return name;
};

/** Writes what the CLI is to find of the person's own. */
export function writeHome(home: string, provider: RealProvider): void {
  for (const [name, content] of Object.entries(homeFiles(provider))) {
    const file = path.join(home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A loopback address at which nobody listens. */
export async function deadUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
