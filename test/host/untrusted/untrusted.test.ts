import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { expectOk } from '../../../src/base/result.ts';
import { activatedSloop } from '../support/activatedSloop.ts';
import { agentUntil, startScripted } from '../support/scriptedAgent.ts';

describe('a folder that is not trusted', () => {
  it('has projects and todos', async () => {
    const { parts } = await activatedSloop();
    assert.equal(vscode.workspace.isTrusted, false);
    expectOk(await parts.client.execute('project.create', { slug: 'found', title: 'Found on the net' }));
    const { todos } = expectOk(
      await parts.client.execute('todo.create', { project: 'found', title: 'Read it first' }),
    );
    assert.equal(todos.length, 1);
  });

  it('starts no agent, opens no terminal, and says why', async () => {
    const { parts } = await activatedSloop();
    const name = await startScripted(parts, 'steps: [{ say: here }]');
    const agent = await agentUntil(parts, name, ({ status }) => status === 'crashed');
    assert.match(agent.attention ?? '', /workspace that you trust/);
    assert.deepEqual(vscode.window.terminals, []);
  });
});
