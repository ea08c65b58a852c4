import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/vscode/commandIds.ts';
import { activatedSloop } from '../support/activatedSloop.ts';
import { measured } from '../support/measured.ts';

describe('activation', () => {
  it('takes less than 100 ms and opens nothing', async () => {
    const { parts, activationMs } = await activatedSloop();
    measured.publish(`activation: ${activationMs.toFixed(1)} ms (bar: 100)`);
    assert.ok(activationMs < 100, `${activationMs} ms`);
    assert.equal(parts.connection.state.kind, 'closed');
    assert.ok(!existsSync(path.join(parts.place.storeDir, 'sloop.db')));
  });

  it('registers every command of the manifest, and else only those by which its parts ask each other', async () => {
    const { parts } = await activatedSloop();
    const { contributes } = JSON.parse(
      readFileSync(path.join(parts.context.extensionPath, 'package.json'), 'utf8'),
    ) as { contributes: { commands: { command: string }[]; views: Record<string, { id: string }[]> } };
    const listed = contributes.commands.map(({ command }) => command);
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      listed.filter((id) => !registered.includes(id)),
      [],
      'in the manifest, and nothing behind it',
    );
    // The editor itself makes a few for each view: `sloop.inbox.focus` and the like.
    const ofViews = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => `${id}.`));
    const ours = registered.filter(
      (id) => id.startsWith('sloop.') && !ofViews.some((view) => id.startsWith(view)),
    );
    const internal: readonly string[] = Object.values(commandIds);
    assert.deepEqual(
      ours.filter((id) => !listed.includes(id) && !internal.includes(id)),
      [],
      'registered, and named nowhere',
    );
  });
});
