// What a scripted agent of the bench runs: it reports through the stdio bridge, as real agents do, at a steady rate,
// and writes how long each report took. Arguments: program of `sloop`, folder, reports, milliseconds between two.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBridge } from '../../src/agents/script/bridgeClient.ts';

const [sloop = '', folder = '', reports = '0', everyMs = '0'] = process.argv.slice(2);
const me = process.env['SLOOP_AGENT'] ?? '';
const bridge = await openBridge([process.execPath, sloop], process.env);
writeFileSync(path.join(folder, `${me}.ready`), '');
while (!existsSync(path.join(folder, 'go'))) await sleep(50);

const taken: number[] = [];
const failures: string[] = [];
const start = performance.now() + Math.random() * Number(everyMs);
const underWay: Promise<void>[] = [];
for (let index = 0; index < Number(reports); index += 1) {
  // By the clock and not one after the other: a slow answer must not thin out the load.
  await sleep(Math.max(0, start + index * Number(everyMs) - performance.now()));
  underWay.push(report(index));
}
await Promise.all(underWay);
writeFileSync(path.join(folder, `${me}.json`), JSON.stringify({ taken, failures }));
await bridge.close();

async function report(index: number): Promise<void> {
  const asked = performance.now();
  const { failed, text } = await bridge.call('report', { text: `${me} at step ${index}` });
  taken.push(performance.now() - asked);
  if (failed) failures.push(text);
}
