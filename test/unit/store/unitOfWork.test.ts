import assert from 'node:assert/strict';
import type { AgentId } from '../../../src/domain/ids.ts';
import { createTestHost } from '../../support/testHost.ts';
import { noon } from '../../support/builders.ts';

const chunk = {
  agentId: 'agent0000001' as AgentId,
  agentName: 'brave-otter',
  sessionNumber: 1,
  kind: 'said' as const,
  content: 'a word',
  time: noon,
};

describe('a unit of work', () => {
  it('is done although the output that came with it cannot be written, and writes that later', async () => {
    const host = await createTestHost();
    const flush = host.logs.flush.bind(host.logs);
    host.logs.flush = () => {
      throw new Error('the disk is full');
    };
    host.logs.append([chunk]);
    const { todos } = await host.run('todo.create', { title: 'Done all the same' });
    assert.equal(todos.length, 1);
    host.logs.flush = flush;
    await host.run('todo.create', { title: 'The next' });
    const page = host.logs.list({ agentId: chunk.agentId }, { limit: 10, newestFirst: false });
    assert.equal(page.items.length, 1);
    host.dispose();
  });
});
