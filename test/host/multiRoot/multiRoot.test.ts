import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { expectOk } from '../../../src/base/result.ts';
import { placeOf } from '../../../src/vscode/connection/place.ts';
import { activatedSloop } from '../support/activatedSloop.ts';
import { agentUntil, closing, startScripted } from '../support/scriptedAgent.ts';

describe('a window of several folders', () => {
  it('is about the first, until one of them has a store already', async () => {
    const { parts } = await activatedSloop();
    const [first, second] = vscode.workspace.workspaceFolders ?? [];
    assert.equal(path.basename(second?.uri.fsPath ?? ''), 'store');
    assert.equal(parts.place.workspace, first?.uri.fsPath);
  });

  it('runs agents in the folder that it is about', async () => {
    const { parts } = await activatedSloop();
    expectOk(await parts.client.execute('project.create', { slug: 'web', title: 'Web' }));
    const name = await startScripted(
      parts,
      `steps: [{ run: { command: [pwd], as: where } }, { mcp: { operation: report, input: { status: done, summary: "{{where}}" } } }]`,
    );
    const ended = closing(name);
    const agent = await agentUntil(parts, name, ({ status }) => status === 'idle');
    assert.match(agent.result ?? '', new RegExp(`${path.basename(parts.place.workspace)}$`));
    assert.equal((await ended)?.code, 0);
  });

  it('is about the chosen one from its next start on', async () => {
    const { parts } = await activatedSloop();
    const second = vscode.workspace.workspaceFolders?.[1]?.uri.fsPath ?? '';
    await parts.context.workspaceState.update('sloop.folder', second);
    assert.equal(placeOf(parts.context).workspace, second);
    await parts.context.workspaceState.update('sloop.folder', undefined);
    assert.equal(placeOf(parts.context).workspace, parts.place.workspace);
  });
});
