import assert from 'node:assert/strict';
import type { AgentId } from '../../../src/domain/ids.ts';
import { LogTable } from '../../../src/store/logTable.ts';
import { logMigrations } from '../../../src/store/migrations.ts';
import { noon } from '../../support/builders.ts';
import { MemoryDatabase } from '../../support/memoryDatabase.ts';

const chunk = (content: string, agent = 'agent0000001') => ({
  agentId: agent as AgentId,
  agentName: 'brave-otter',
  sessionNumber: 1,
  kind: 'said' as const,
  content,
  time: noon,
});

async function openLogs() {
  const database = await MemoryDatabase.open(logMigrations.map((migration) => migration.sql));
  return new LogTable(database as never);
}
const agentId = 'agent0000001' as AgentId;

describe("agents' output", () => {
  it('is kept in order and found by text', async () => {
    const logs = await openLogs();
    logs.append([chunk('one'), chunk('Two'), chunk('three')]);
    logs.flush();
    const page = logs.list({ agentId }, { limit: 2, newestFirst: false });
    assert.deepEqual([page.items.map((item) => item.content), page.more], [['one', 'Two'], 1]);
    const found = logs.list({ agentId, text: 'two' }, { limit: 10, newestFirst: true });
    assert.deepEqual(
      found.items.map((item) => item.content),
      ['Two'],
    );
  });

  it('goes on from any piece, forwards and back', async () => {
    const logs = await openLogs();
    logs.append(['one', 'two', 'three'].map((content) => chunk(content)));
    logs.flush();
    const [, two] = logs.list({ agentId }, { limit: 10, newestFirst: false }).items;
    const from = (newestFirst: boolean) =>
      logs
        .list({ agentId }, { limit: 10, newestFirst, after: String(two?.sequence) })
        .items.map(({ content }) => content);
    assert.deepEqual([from(false), from(true)], [['three'], ['one']]);
    assert.throws(() => logs.list({ agentId }, { limit: 1, newestFirst: true, after: 'x' }), /not a key/);
  });

  it('of a refused operation is forgotten', async () => {
    const logs = await openLogs();
    logs.append([chunk('kept')]);
    const before = logs.waiting;
    logs.append([chunk('refused')]);
    logs.forgetSince(before);
    logs.flush();
    assert.equal(logs.list({ agentId }, { limit: 10, newestFirst: false }).items.length, 1);
  });

  it('keeps the newest 20,000 pieces and says that older ones went', async () => {
    const logs = await openLogs();
    for (let batch = 0; batch < 21; batch += 1) {
      logs.append(Array.from({ length: 1000 }, (_, index) => chunk(`piece ${batch * 1000 + index}`)));
      logs.append([chunk('of another', 'agent0000002')]);
      logs.flush();
    }
    const { items, more } = logs.list({ agentId }, { limit: 2, newestFirst: false });
    assert.equal(items.length + more, 20_001);
    assert.deepEqual(
      items.map((item) => item.kind),
      ['note', 'said'],
    );
    assert.equal(items[1]?.content, 'piece 1000');
    assert.equal(
      logs.list({ agentId: 'agent0000002' as AgentId }, { limit: 50, newestFirst: false }).items.length,
      21,
    );
  });

  it('is removed with its agent on request', async () => {
    const logs = await openLogs();
    logs.append([chunk('one'), chunk('two')]);
    logs.flush();
    assert.equal(logs.remove(agentId), 2);
  });
});
