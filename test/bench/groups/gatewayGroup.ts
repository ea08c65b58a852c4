import { silentLogger } from '../../../src/base/logger.ts';
import { createUnitOfWork } from '../../../src/store/unitOfWork.ts';
import { LogTable } from '../../../src/store/logTable.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { processStart } from '../../../src/engine/processIdentity.ts';
import { readGatewayFile } from '../../../src/gateway/gatewayFile.ts';
import { mcpPath } from '../../../src/gateway/wire.ts';
import { addAgent } from '../../support/testGateway.ts';
import { copyOfDataSet, openBenchStore, removeFolder } from '../dataSet.ts';
import type { Group } from '../groups.ts';
import { median, percentile, timed, timings } from '../measure.ts';
import { shortTime, type Row } from '../row.ts';
import { createToolCaller } from '../toolCaller.ts';
import { serveHost } from '../servedHost.ts';

const size = 10_000;
const agentToken = 'bench-agent-token';

/** An agent that seems to run in this very process, so that the host finds it alive. */
async function addRunningAgent(dir: string): Promise<void> {
  const store = await openBenchStore(dir);
  const unitOfWork = createUnitOfWork(store, new LogTable(store.logs), silentLogger);
  await addAgent(
    {
      clock: systemClock,
      tables: (job) => unitOfWork.write({ kind: 'all' }, (tables) => job(tables)),
    },
    { token: agentToken, pid: process.pid, pidStartedAt: await processStart(process.pid) },
  );
  await store.close();
}

export const gatewayGroup: Group = {
  name: 'gateway',
  about: 'MCP over HTTP against a running host',
  run: async () => {
    const copy = await copyOfDataSet(size);
    await addRunningAgent(copy);
    const host = await serveHost(copy);
    const address = readGatewayFile(copy);
    if (address === undefined) throw new Error('the host left no gateway file');
    const person = createToolCaller(`${address.url}${mcpPath}`, address.token);
    const agent = createToolCaller(`${address.url}${mcpPath}`, agentToken);
    const rows: Row[] = [];

    const ready = () => person.call('todo_ready', { limit: 5 });
    await timings(100, ready);
    const alone = await timings(300, ready);
    rows.push({
      what: 'MCP call of a read, one caller',
      measured: median(alone),
      unit: 'ms',
      note: `p99 ${shortTime(percentile(alone, 0.99))}`,
    });
    const callers = 8;
    const each = 100;
    const together = await timings(5, () =>
      Promise.all(
        Array.from({ length: callers }, async () => {
          for (let i = 0; i < each; i++) await ready();
        }),
      ),
    );
    rows.push({
      what: `MCP calls of a read, ${callers} callers`,
      measured: (callers * each * 1000) / median(together),
      unit: '/s',
    });
    const reports: number[] = [];
    // An agent may call 100 times a second, and 200 times at once.
    for (let i = 0; i < 150; i++)
      reports.push(await timed(() => agent.call('report', { text: `Step ${i} is done.` })));
    rows.push({
      what: 'report of an agent until it is durable',
      measured: median(reports),
      unit: 'ms',
      note: `p99 ${shortTime(percentile(reports, 0.99))}`,
    });
    person.close();
    agent.close();
    await host.stop();
    removeFolder(copy);
    return rows;
  },
};
