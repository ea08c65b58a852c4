import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createTestHost } from '../../../support/testHost.ts';

describe('the inbox', () => {
  it('has what only a person can do as soon as it could be done, and no longer than it is open', async () => {
    const host = await createTestHost();
    const { slug: project } = await host.run('project.create', { title: 'Sums' });
    const { id: sprint } = await host.run('sprint.create', { title: 'One', project });
    const { todos } = await host.run('todo.create', {
      project,
      sprint,
      items: [
        { title: 'write', ref: 'a' },
        { title: 'look at it', gate: 'human-verify', dependsOn: ['a'] },
        { title: 'choose a name', gate: 'decision', priority: 'high' },
      ],
    });
    const [write, , choose] = todos.map(({ id }) => id);
    assert.ok(write !== undefined && choose !== undefined);
    const titles = async () =>
      (await host.run('message.inbox', {})).items.map(({ kind, title }) => `${kind}: ${title}`);
    assert.deepEqual(await titles(), []);
    await host.run('sprint.transition', { sprint, status: 'in_progress' });
    assert.deepEqual(await titles(), ['gate: choose a name']);
    await host.run('todo.complete', { todos: [write] });
    assert.deepEqual(await titles(), ['gate: choose a name', 'gate: look at it']);
    await host.run('todo.complete', { todos: [choose] });
    assert.deepEqual(await titles(), ['gate: look at it']);
    host.dispose();
  });
});
