import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { silentLogger } from '../../src/base/logger.ts';
import { expectOk, Refused } from '../../src/base/result.ts';
import type { LoopId } from '../../src/domain/ids.ts';
import { createRemoteClient } from '../../src/gateway/client/remoteClient.ts';
import { readGatewayFile } from '../../src/gateway/gatewayFile.ts';
import type { Client, OutputOf } from '../../src/operations/client.ts';
import { prepareAgents, type DemoProvider } from './demoAgents.ts';
import { createDemoRepository, gitIdentity, runTests } from './demoRepository.ts';
import { root, sloopProgram, startHostProcess } from './hostProcess.ts';
import { createTimelineView } from './showTimeline.ts';

type ShownLoop = OutputOf<'loop.show'>;

const goal = 'parseDuration reads minutes, hours and units together, such as 1h30m; all tests pass.';
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Takes a small real repository from a failing test to an approved change; returns the exit code. */
async function main(): Promise<number> {
  const options = readOptions();
  // Not under the system's temporary folder: Codex keeps no helpers for programs that run there.
  const folder = mkdtempSync(
    path.join(options.provider === 'codex' ? os.homedir() : os.tmpdir(), 'sloop-demo-'),
  );
  const repository = path.join(folder, 'durations');
  const env = { ...process.env, ...gitIdentity, SLOOP_DATA: path.join(folder, 'data'), NODE_OPTIONS: '' };
  try {
    await createDemoRepository(repository);
    const before = await runTests(repository);
    say(`A repository with failing tests: ${before.passed} pass, ${before.failed} fail.`);
    if (before.failed === 0) throw new Error('The demo repository should begin with failing tests.');
    const agents = await prepareAgents(options, env['SLOOP_DATA'], say);
    try {
      const loop = await runLoop(repository, { ...env, ...agents.env }, agents.start);
      return await judge(repository, loop);
    } finally {
      await agents.close();
    }
  } finally {
    if (options.keep) say(lookInside(repository, env['SLOOP_DATA']));
    else rmSync(folder, { recursive: true, force: true });
  }
}

interface Options {
  readonly provider: DemoProvider;
  readonly scriptedModel: boolean;
  readonly keep: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      headless: { type: 'boolean', default: false },
      provider: { type: 'string', default: 'script' },
      model: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  if (!values.headless) throw new Error('The editor is not built yet. Run: npm run demo -- --headless');
  const provider = (['script', 'claude', 'codex'] as const).find((id) => id === values.provider);
  if (provider === undefined) throw new Error('--provider takes script, claude or codex.');
  if (values.model !== undefined && values.model !== 'scripted')
    throw new Error('--model takes scripted: a scripted local model in place of the vendor’s.');
  return { provider, scriptedModel: values.model === 'scripted', keep: values.keep };
}

/** Starts a host, starts the loop in it, shows it until it ends, and ends the host. */
async function runLoop(
  repository: string,
  env: NodeJS.ProcessEnv,
  start: { provider: string; script?: string; model?: string },
): Promise<ShownLoop> {
  const host = await startHostProcess(repository, env);
  const client = createRemoteClient({
    locate: () => readGatewayFile(host.storeDir),
    surface: 'cli',
    logger: silentLogger,
    patienceMs: 10_000,
  });
  try {
    const { id } = expectOk(await client.execute('loop.start', { definition: 'harness', goal, ...start }));
    say(`Loop ${id}: ${goal}\n`);
    return await follow(client, id);
  } finally {
    client.dispose();
    await host.stop();
  }
}

/** Shows the loop at each of its changes, and once a second for the clock, until it stops. */
async function follow(client: Client, id: LoopId): Promise<ShownLoop> {
  const view = createTimelineView(process.stdout);
  for (;;) {
    const changed = nextChange(client, 1000);
    const loop = expectOk(await client.execute('loop.show', { loop: id }));
    view.show(loop);
    if (loop.status !== 'running') return loop;
    await changed;
  }
}

function nextChange(client: Client, longestMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    };
    const timer = setTimeout(done, longestMs);
    const subscription = client.onDidChange(done);
  });
}

/** The loop's word is not enough: the repository's tests are run once more. */
async function judge(repository: string, loop: ShownLoop): Promise<number> {
  const after = await runTests(repository);
  const { stdout } = await execa('git', ['log', '--oneline', '--reverse'], { cwd: repository });
  say(`\nCommits:\n${stdout.replace(/^/gm, '  ')}`);
  say(`Tests now: ${after.passed} pass, ${after.failed} fail.`);
  const rounds = loop.rounds.map((round) => round.stages.at(-1)?.verdict ?? 'none');
  const good = loop.outcome === 'approved' && after.failed === 0 && after.passed > 0;
  say(
    good
      ? `Approved in round ${loop.round} (verdicts: ${rounds.join(', ')}).`
      : 'The demo did not reach its goal.',
  );
  return good ? 0 : 1;
}

const lookInside = (repository: string, data: string): string => `
The folder is kept. To look inside:
  export SLOOP_DATA=${data}
  cd ${repository}
  node ${path.relative(process.cwd(), sloopProgram) === '' ? sloopProgram : path.join(root, 'dist', 'sloop.cjs')} serve &   # then, in the same shell:
  node ${sloopProgram} loop list
  node ${sloopProgram} artifact list
  node ${sloopProgram} event list`;

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `${error instanceof Refused || error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}
