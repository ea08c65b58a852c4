// What a scripted agent of the bench runs: it reports over MCP, with the agent's own token, at a steady rate, and
// writes how long each report took. It sends what `sloop mcp` sends, without a second process for each agent: two
// hundred processes that all begin cold would measure themselves. Arguments: folder, reports, ms between two.
import { existsSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { postJson } from '../../src/gateway/client/postJson.ts';
import { readGatewayFile } from '../../src/gateway/gatewayFile.ts';
import { mcpPath } from '../../src/gateway/wire.ts';

const [folder = '', reports = '0', everyMs = '0'] = process.argv.slice(2);
const { SLOOP_AGENT: me = '', SLOOP_STORE: store = '', SLOOP_TOKEN: token = '' } = process.env;
const url = `${readGatewayFile(store)?.url ?? ''}${mcpPath}`;
const connections = new Agent({ keepAlive: true });
// Once before it counts: connection and code are warm then, as an agent's are that works for minutes.
await report('ready');
writeFileSync(path.join(folder, `${me}.ready`), '');
while (!existsSync(path.join(folder, 'go'))) await sleep(50);

const taken: number[] = [];
const failures: string[] = [];
const start = performance.now() + Math.random() * Number(everyMs);
const underWay: Promise<void>[] = [];
for (let index = 0; index < Number(reports); index += 1) {
  // By the clock and not one after the other: a slow answer must not thin out the load.
  await sleep(Math.max(0, start + index * Number(everyMs) - performance.now()));
  underWay.push(timedReport(`step ${index}`));
}
await Promise.all(underWay);
writeFileSync(path.join(folder, `${me}.json`), JSON.stringify({ taken, failures }));
connections.destroy();

async function timedReport(text: string): Promise<void> {
  const asked = performance.now();
  const answer = await report(text);
  taken.push(performance.now() - asked);
  if (answer.status !== 200 || answer.body.includes('"isError":true')) failures.push(answer.body);
}

function report(text: string) {
  const params = { name: 'report', arguments: { text: `${me} at ${text}` } };
  return postJson(
    url,
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params },
    {
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json, text/event-stream',
      },
      timeoutMs: 60_000,
      connections,
    },
  );
}
