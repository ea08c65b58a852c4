import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { benchFolder, removeFolder } from '../dataSet.ts';
import type { Group } from '../groups.ts';
import { percentile } from '../measure.ts';
import { peakMegabytes, processorSeconds } from '../processUse.ts';
import { shortTime, type Row } from '../row.ts';
import { serveHost, type ServedHost } from '../servedHost.ts';

const agents = 50;
const todos = 1000;
const everyMs = 100;
const seconds = 20;
const reportsEach = (seconds * 1000) / everyMs;
const waiting = 20;
const idleSeconds = 30;
const limitMs = 300_000;

const reporter = path.join(benchFolder, 'code', 'agentReporter.mjs');

async function until(holds: () => boolean | Promise<boolean>, what: string, host: ServedHost): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline)
      throw new Error(`${what}: not in ${limitMs / 1000} s\n${host.log().slice(-4000)}`);
    await sleep(100);
  }
}

/** A host that may run so many agents at once, with a project whose todos a script does. */
async function openHost(folder: string, script: unknown, most: number, count: number): Promise<ServedHost> {
  const data = path.join(folder, 'data');
  mkdirSync(data, { recursive: true });
  writeFileSync(path.join(data, 'settings.yaml'), JSON.stringify({ limits: { agents: most } }));
  const host = await serveHost(folder);
  const file = path.join(folder, 'agent.yaml');
  writeFileSync(file, JSON.stringify(script));
  await host.run('project.create', {
    title: 'Many',
    isolation: 'none',
    dispatchRules: [{ provider: 'script', script: file }],
  });
  for (let made = 0; made < count; made += 100)
    await host.run('todo.create', {
      project: 'many',
      items: Array.from({ length: Math.min(100, count - made) }, (_, index) => ({
        title: `Todo ${made + index + 1}`,
      })),
    });
  await host.run('dispatch.start', { project: 'many' });
  return host;
}

const filesEnding = (folder: string, end: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.endsWith(end));

async function reporting(folder: string): Promise<readonly Row[]> {
  const results = path.join(folder, 'results');
  mkdirSync(results, { recursive: true });
  const command = [process.execPath, reporter, results, String(reportsEach), String(everyMs)];
  // What stays behind when the measurement ends: each agent holds, so that no other takes its place.
  const script = { steps: [{ run: { command } }, { hold: path.join(results, 'end') }] };
  const host = await openHost(folder, script, agents, todos);
  const began = Date.now();
  await until(() => filesEnding(results, '.ready').length === agents, 'all agents are there', host);
  const startSeconds = (Date.now() - began) / 1000;
  await host.run('dispatch.pause', { project: 'many' });
  const [processorBefore, from] = [processorSeconds(host.pid), Date.now()];
  writeFileSync(path.join(results, 'go'), '');
  await until(() => filesEnding(results, '.json').length === agents, 'all have reported', host);
  const share = (processorSeconds(host.pid) - processorBefore) / ((Date.now() - from) / 1000);
  const megabytes = peakMegabytes(host.pid);
  const lost = await countLost(host, results);
  writeFileSync(path.join(results, 'end'), '');
  const measured = filesEnding(results, '.json').map(
    (name) => JSON.parse(readFileSync(path.join(results, name), 'utf8')) as { taken: number[] },
  );
  const taken = measured.flatMap((one) => one.taken);
  await until(async () => (await host.run('agent.list', { live: true })).items.length === 0, 'all end', host);
  await host.stop();
  return [
    {
      what: `a report over MCP, ${agents} agents × ${1000 / everyMs}/s, ${todos} todos: p99`,
      measured: percentile(taken, 0.99),
      unit: 'ms',
      bar: 20,
      note: `median ${shortTime(percentile(taken, 0.5))}, p90 ${shortTime(percentile(taken, 0.9))}, longest ${shortTime(Math.max(...taken))}; ${taken.length} reports`,
    },
    { what: 'reports lost or refused', measured: lost, unit: '', bar: 0 },
    { what: 'processor of the host meanwhile', measured: share * 100, unit: '%', note: 'of one core' },
    { what: 'memory of the host at most', measured: megabytes, unit: 'MB' },
    {
      what: `from ready todos to ${agents} agents at work`,
      measured: startSeconds * 1000,
      unit: 'ms',
      note: `${agents * 3} Node processes, on the cores of this machine`,
    },
  ];
}

/** Sent and not among the rows, or refused. */
async function countLost(host: ServedHost, results: string): Promise<number> {
  const { items } = await host.run('agent.list', { live: true, limit: 500 });
  const kept = await Promise.all(
    items.map(async ({ name }) => (await host.run('agent.show', { agent: name })).progressCount),
  );
  const refused = filesEnding(results, '.json')
    .map((name) => JSON.parse(readFileSync(path.join(results, name), 'utf8')) as { failures: string[] })
    .reduce((sum, { failures }) => sum + failures.length, 0);
  return agents * (reportsEach + 1) - kept.reduce((sum, count) => sum + count, 0) + refused;
}

async function idle(folder: string): Promise<readonly Row[]> {
  const script = { steps: [{ ask: { question: 'Which way?' } }] };
  const host = await openHost(folder, script, waiting, waiting);
  const asked = async () =>
    (await host.run('agent.list', { status: ['waiting_for_input'], limit: 500 })).items.length;
  await until(async () => (await asked()) === waiting, 'all wait', host);
  // What starting them left to do.
  await sleep(5000);
  const before = processorSeconds(host.pid);
  await sleep(idleSeconds * 1000);
  const share = (processorSeconds(host.pid) - before) / idleSeconds;
  await host.run('dispatch.stop', { project: 'many' });
  const { items } = await host.run('agent.list', { live: true, limit: 500 });
  await host.run('agent.stop', { agents: items.map(({ name }) => name) });
  await until(async () => (await host.run('agent.list', { live: true })).items.length === 0, 'all end', host);
  await host.stop();
  return [
    {
      what: `processor of the host with ${waiting} agents waiting for an answer`,
      measured: share * 100,
      unit: '%',
      bar: 0.5,
      note: `of one core, over ${idleSeconds} s`,
    },
  ];
}

export const agentsGroup: Group = {
  name: 'agents',
  about: `${agents} scripted agents at once, and ${waiting} that wait`,
  run: async () => {
    if (!existsSync('/proc/self/stat'))
      return [{ what: 'agents at once', measured: null, unit: '%', note: 'is measured on Linux only' }];
    mkdirSync(benchFolder, { recursive: true });
    const rows: Row[] = [];
    for (const part of [reporting, idle]) {
      const folder = mkdtempSync(path.join(benchFolder, 'agents-'));
      rows.push(...(await part(folder)));
      removeFolder(folder);
    }
    return rows;
  },
};
