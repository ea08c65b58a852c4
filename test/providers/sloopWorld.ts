import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { agentCliBin, agentCliFolder } from '../../scripts/installAgentClis.mjs';
import type { ProviderSettings } from '../../src/agents/providers/provider.ts';
import { settingsFile } from '../../src/agents/settings/settingsFile.ts';
import { isLive, type Agent } from '../../src/domain/agent/agent.ts';
import type { LogChunk } from '../../src/domain/agent/logChunk.ts';
import type { InputOf } from '../../src/operations/client.ts';
import { withoutSandbox } from '../support/codexSandbox.ts';
import { startMockModel, type MockModel } from '../support/mockModel/mockModel.ts';
import type { Script } from '../support/mockModel/script.ts';
import { mockModelFor, mockModelSettings, type RealProvider } from '../support/mockModel/settings.ts';
import { writeHome } from '../support/providerWorld.ts';
import { RealHost } from '../support/realHost.ts';

export interface SloopWorldOptions {
  readonly scripts: readonly Script[];
  /** Front matter of workspace roles, which take the place of the shipped ones. */
  readonly roles?: Readonly<Record<string, string>>;
  /** Where the CLI looks for its model, in place of the scripted one. */
  readonly modelUrl?: string;
  readonly extraArguments?: readonly string[];
  /** Makes the repository, in place of an empty one. */
  readonly repository?: (workspace: string) => Promise<void>;
}

const gitIdentity = {
  GIT_AUTHOR_NAME: 'Agent',
  GIT_AUTHOR_EMAIL: 'agent@sloop.invalid',
  GIT_COMMITTER_NAME: 'Agent',
  GIT_COMMITTER_EMAIL: 'agent@sloop.invalid',
};

/**
 * Everything as a person has it, but for the model: the built `sloop serve`, its `sloop run` processes, the real
 * agent CLI in a home of its own, the bridge `sloop mcp`, and a git repository as the workspace.
 */
export class SloopWorld {
  readonly workspace: string;
  readonly model: MockModel;
  readonly host: RealHost;
  readonly #provider: RealProvider;
  readonly #root: string;

  static async open(provider: RealProvider, options: SloopWorldOptions): Promise<SloopWorld> {
    if (!existsSync(agentCliBin))
      throw new Error('Run `npm run test:providers`: it installs the agent CLIs.');
    const model = await startMockModel(options.scripts);
    // Not under the temporary folder: Codex makes no helpers for a home that lies there.
    const root = mkdtempSync(path.join(agentCliFolder, 'world-'));
    const world = new SloopWorld(provider, model, root);
    try {
      await world.#prepare(options);
      await world.host.start();
    } catch (error) {
      // A model that goes on listening would keep the whole test run from ending.
      await world.#leave();
      throw error;
    }
    return world;
  }

  private constructor(provider: RealProvider, model: MockModel, root: string) {
    this.#provider = provider;
    this.model = model;
    this.#root = root;
    this.workspace = path.join(root, 'work');
    this.host = new RealHost({
      workspace: this.workspace,
      store: path.join(root, 'store'),
      // Nothing of the tester's own logins or settings.
      env: {
        HOME: path.join(root, 'home'),
        PATH: [agentCliBin, path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
        LANG: 'C.UTF-8',
        SLOOP_DATA: path.join(root, 'data'),
        ...gitIdentity,
      },
    });
  }

  async #prepare({
    roles = {},
    modelUrl = this.model.url,
    extraArguments = [],
    repository,
  }: SloopWorldOptions): Promise<void> {
    for (const folder of ['home/.codex', 'data', 'work/.sloop/roles'])
      mkdirSync(path.join(this.#root, folder), { recursive: true });
    writeHome(path.join(this.#root, 'home'), this.#provider);
    writeHome(path.join(this.#root, 'home'), this.#provider);
    for (const [name, frontMatter] of Object.entries(roles))
      writeFileSync(
        path.join(this.workspace, '.sloop/roles', `${name}.md`),
        `---\ndisplayName: ${name}\ndescription: d\n${frontMatter}\n---\n\nPlay.\n`,
      );
    const settings = mockModelSettings(this.#provider, modelUrl);
    const all: ProviderSettings = {
      ...settings,
      extraArguments: [
        ...(settings.extraArguments ?? []),
        ...(this.#provider === 'codex' ? withoutSandbox() : []),
        ...extraArguments,
      ],
    };
    writeFileSync(
      settingsFile(path.join(this.#root, 'data')),
      stringify({ providers: { [this.#provider]: all } }),
    );
    if (repository === undefined) this.git('init', '--quiet', '--initial-branch', 'main');
    else await repository(this.workspace);
    this.git('add', '.');
    this.git('commit', '--quiet', '--allow-empty', '--message', 'begin');
  }

  git = (...words: string[]): string =>
    execFileSync('git', words, { cwd: this.workspace, env: { ...process.env, ...gitIdentity } }).toString();

  /** Starts an agent of the real provider and returns its name. */
  async start(fields: Partial<InputOf<'agent.start'>> = {}): Promise<string> {
    const usual = {
      role: 'coder',
      prompt: 'Do it.',
      provider: this.#provider,
      model: mockModelFor(this.#provider),
    };
    return (await this.host.run('agent.start', { ...usual, ...fields })).name;
  }

  agent = (name: string): Promise<Agent> => this.host.run('agent.show', { agent: name });

  async log(name: string): Promise<readonly Pick<LogChunk, 'kind' | 'content'>[]> {
    return (await this.host.run('agent.log', { agent: name, limit: 500 })).items;
  }

  /** Waits until the agent's row is as wanted, and returns it. */
  async until(name: string, holds: (agent: Agent) => boolean): Promise<Agent> {
    let agent = await this.agent(name);
    const what = () => `${name} as in ${holds.toString()}; it is ${JSON.stringify(agent)}`;
    await this.host
      .until(async () => holds((agent = await this.agent(name))), '')
      .catch((cause: unknown) => {
        throw new Error(`never: ${what()}`, { cause });
      });
    return agent;
  }

  untilEnded = (name: string): Promise<Agent> => this.until(name, ({ status }) => !isLive(status));

  file = (name: string): string => path.join(this.workspace, name);
  read = (name: string): string | undefined =>
    existsSync(this.file(name)) ? readFileSync(this.file(name), 'utf8') : undefined;

  /** Ends what still runs, the host last. */
  async close(): Promise<void> {
    try {
      const { items } = await this.host.run('agent.list', { live: true });
      if (items.length > 0) await this.host.run('agent.stop', { agents: items.map(({ name }) => name) });
      for (const { name } of items) await this.untilEnded(name);
    } finally {
      await this.#leave();
    }
  }

  async #leave(): Promise<void> {
    await this.host.stop();
    await this.model.close();
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 5 });
  }
}
