import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedSloop } from '../support/activatedSloop.ts';

describe('storage that cannot be written', () => {
  it('refuses what needs the store, naming the place and what to do', async () => {
    const { parts } = await activatedSloop();
    const answer = await parts.client.execute('project.list', {});
    assert.ok(!answer.ok);
    assert.equal(parts.connection.state.kind, 'refused');
    assert.match(answer.refusal.message, /\/sys\/kernel\/sloop-store/);
    assert.ok(answer.refusal.next);
  });

  it('tries again when told to, and the editor goes on', async () => {
    const { parts } = await activatedSloop();
    await vscode.commands.executeCommand('sloop.retryConnection');
    assert.equal(parts.connection.state.kind, 'refused');
    await vscode.commands.executeCommand('sloop.showLog');
  });
});
