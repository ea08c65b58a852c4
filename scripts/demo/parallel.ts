import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { expectOk } from '../../src/base/result.ts';
import { mergeStatuses } from '../../src/domain/merge/merge.ts';
import { createHttpClient } from '../../src/gateway/client/httpClient.ts';
import { readGatewayFile } from '../../src/gateway/gatewayFile.ts';
import { startHostProcess, type HostProcess } from './hostProcess.ts';
import { checkParts, createPartsRepository, planParts, type Run } from './partsProject.ts';

const agents = 10;
const todos = 40;
const branch = 'sloop/parts/project';
const say = (text: string) => process.stdout.write(`${text}\n`);

/**
 * Forty todos that depend on each other, done by ten scripted agents at once in git worktrees of their own, and merged
 * as they are ready. With --kill the host is killed three times meanwhile, as a crash would.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      parallel: { type: 'boolean' },
      kill: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'sloop-parallel-')));
  const data = path.join(folder, 'data');
  const repository = path.join(folder, 'parts');
  mkdirSync(data);
  writeFileSync(path.join(data, 'settings.yaml'), JSON.stringify({ limits: { agents } }));
  createPartsRepository(repository);
  const demo = new ParallelDemo(repository, { ...process.env, SLOOP_DATA: data, NODE_OPTIONS: '' });
  try {
    await demo.start();
    await planParts(demo.run, folder, todos);
    say(`${todos} todos, ${agents} agents, one worktree each; merged into ${branch}.\n`);
    await demo.run('dispatch.start', { project: 'parts' });
    const seconds = await demo.follow(values.kill ? [8, 18, 30] : []);
    say(`\n${checkParts(repository, branch, path.join(folder, 'checked-out'))}; ${seconds} s.`);
    say(
      `Your own working tree: ${git(repository, 'status', '--porcelain') === '' ? 'untouched' : 'CHANGED'}.`,
    );
    say(git(repository, 'log', '--graph', '--format=%s', '-n', '12', branch));
    return 0;
  } finally {
    await demo.stop();
    if (values.keep) say(`Kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

const git = (folder: string, ...words: readonly string[]): string =>
  execFileSync('git', words, { cwd: folder, encoding: 'utf8' }).trim();

class ParallelDemo {
  readonly #repository: string;
  readonly #env: NodeJS.ProcessEnv;
  #host: HostProcess | undefined;

  constructor(repository: string, env: NodeJS.ProcessEnv) {
    this.#repository = repository;
    this.#env = env;
  }

  async start(): Promise<void> {
    this.#host = await startHostProcess(this.#repository, this.#env);
  }

  run: Run = async (id, input) => {
    const storeDir = this.#host?.storeDir ?? '';
    const client = createHttpClient({ locate: () => readGatewayFile(storeDir), surface: 'cli' });
    return expectOk(await client.execute(id, input)) as never;
  };

  /** Shows how far it is, each second, until the sprint is merged; kills the host when so many parts are. */
  async follow(kills: readonly number[]): Promise<number> {
    const began = Date.now();
    const left = [...kills];
    for (;;) {
      const { items } = await this.run('merge.list', { status: [...mergeStatuses], limit: 200 });
      const merged = items.filter(({ level, status }) => level === 'todo' && status === 'merged').length;
      const conflicts = items.filter(({ status }) => status === 'conflict').length;
      const { agents: living, projects } = await this.run('dispatch.status', { project: 'parts' });
      const ready = projects[0]?.ready ?? 0;
      say(`${merged} merged, ${living} agents at work, ${ready} ready, ${conflicts} conflicts to resolve`);
      if (projects[0]?.dispatch !== 'on') throw new Error('Dispatch stopped: see sloop message inbox.');
      if (items.some(({ level, status }) => level === 'sprint' && status === 'merged'))
        return Math.round((Date.now() - began) / 1000);
      if (left[0] !== undefined && merged >= left[0]) {
        left.shift();
        await this.#killAndStart();
      }
      await sleep(1000);
    }
  }

  async #killAndStart(): Promise<void> {
    say('… the host is killed (SIGKILL) and started again …');
    await this.#host?.kill();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#host?.stop();
  }
}

process.exitCode = await main();
