import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { benchFolder, removeFolder } from '../dataSet.ts';
import type { Group } from '../groups.ts';
import { median } from '../measure.ts';
import { shortTime } from '../row.ts';
import { serveHost, type ServedHost } from '../servedHost.ts';

const rounds = 6;
const limitMs = 300_000;

/** Each role says that it is done; the reviewer is never satisfied, each time about something else. */
function script(): string {
  const turns = Array.from({ length: rounds }, (_, index) => index + 1).flatMap((round) => [
    { when: { role: 'plan', round }, steps: [{ finish: { summary: 'planned' } }] },
    { when: { role: 'coder', round }, steps: [{ finish: { summary: 'coded' } }] },
    {
      when: { role: 'reviewer', round },
      steps: [
        {
          finish: {
            summary: 'reviewed',
            verdict: 'changes_requested',
            findings: [{ title: `Finding ${round}` }],
          },
        },
      ],
    },
  ]);
  return JSON.stringify({ parts: turns });
}

async function ended(host: ServedHost, loop: string): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const { status, failure } = await host.run('loop.show', { loop });
    if (status === 'completed') return;
    if (status !== 'running') throw new Error(`the loop is ${status}: ${failure}`);
    if (Date.now() > deadline) throw new Error(`the loop did not end in ${limitMs / 1000} s:\n${host.log()}`);
    await sleep(100);
  }
}

/** When the host's launcher started processes, from its log. */
const processStarts = (log: string): number[] =>
  [...log.matchAll(/^(\S+) info engine\/launcher: starting/gm)].map(([, time]) => Date.parse(time ?? ''));

/** For each moment the time until the next of the others; none for the last one. */
const untilNext = (moments: readonly number[], others: readonly number[]): number[] =>
  moments.flatMap((moment) => {
    const next = others.find((other) => other >= moment);
    return next === undefined ? [] : [next - moment];
  });

export const loopGroup: Group = {
  name: 'loop',
  about: `a scripted loop of ${rounds} rounds, each stage a process of its own`,
  run: async () => {
    mkdirSync(benchFolder, { recursive: true });
    const folder = mkdtempSync(path.join(benchFolder, 'loop-'));
    const host = await serveHost(folder);
    writeFileSync(path.join(host.workspace, 'script.yaml'), script());
    const { id } = await host.run('loop.start', {
      definition: 'harness',
      goal: 'Measure the time between stages',
      script: 'script.yaml',
      maxIterations: rounds,
    });
    await ended(host, id);
    const { items } = await host.run('event.list', { noun: ['agent'], limit: 500 });
    const timesOf = (operation: string) =>
      items
        .filter((event) => event.operation === operation)
        .map((event) => Date.parse(event.time))
        .sort((left, right) => left - right);
    const exits = timesOf('agent.exited');
    const gaps = untilNext(exits, processStarts(host.log()));
    const claims = untilNext(exits, timesOf('launch.claim'));
    await host.stop();
    removeFolder(folder);
    return [
      {
        what: "stage ended → next stage's process started",
        measured: median(gaps),
        unit: 'ms',
        bar: 100,
        note: `of ${gaps.length}, most ${shortTime(Math.max(...gaps))}; until that process has claimed its launch ${shortTime(median(claims))}`,
      },
    ];
  },
};
