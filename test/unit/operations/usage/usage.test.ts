import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { anAgent } from '../../../support/anAgent.ts';
import { aSession } from '../../../support/builders.ts';
import { createTestHost, refusalOf } from '../../../support/testHost.ts';

describe('usage', () => {
  it('adds up an agent, a todo with all below it, a sprint, a project, and everything, by provider', async () => {
    const host = await createTestHost();
    const { id: project } = await host.run('project.create', { title: 'Sums' });
    const { id: sprint } = await host.run('sprint.create', { title: 'One', project });
    const { todos } = await host.run('todo.create', {
      project,
      sprint,
      items: [{ title: 'whole', ref: 'a' }, { title: 'part', parent: 'a' }, { title: 'other' }],
    });
    const [whole, part, other] = todos.map(({ id }) => id);
    assert.ok(whole !== undefined && part !== undefined && other !== undefined);
    const sessionId = aSession().id;
    await host.tables((tables) => {
      tables.session.insert(aSession());
      const used = [
        { name: 'a', todoId: whole, provider: 'claude', costUsd: 0.5 },
        { name: 'b', todoId: part, provider: 'codex', costUsd: 0.25 },
        { name: 'c', todoId: other, provider: 'claude', costUsd: 1 },
        { name: 'd', todoId: null, sprintId: null, projectId: null, provider: 'claude', costUsd: 2 },
      ];
      for (const fields of used)
        tables.agent.insert(
          anAgent({
            sessionId,
            projectId: project,
            sprintId: sprint,
            inputTokens: 10,
            outputTokens: 1,
            ...fields,
            id: `agent000000${fields.name}` as never,
          }),
        );
    });
    const costs = async (input: Record<string, string>) => (await host.run('usage', input)).costUsd;
    assert.equal(await costs({ agent: 'a' }), 0.5);
    assert.equal(await costs({ todo: whole }), 0.75);
    assert.equal(await costs({ sprint }), 1.75);
    assert.equal(await costs({ project: 'sums' }), 1.75);
    assert.deepEqual(await host.run('usage', {}), {
      agents: 4,
      inputTokens: 40,
      outputTokens: 4,
      costUsd: 3.75,
      providers: [
        { provider: 'claude', agents: 3, inputTokens: 30, outputTokens: 3, costUsd: 3.5 },
        { provider: 'codex', agents: 1, inputTokens: 10, outputTokens: 1, costUsd: 0.25 },
      ],
    });
    const several = await host.as(host.person, 'usage', { todo: whole, sprint });
    assert.match(refusalOf(several).next, /one of/);
    host.dispose();
  });
});
