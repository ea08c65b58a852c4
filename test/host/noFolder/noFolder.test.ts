import assert from 'node:assert/strict';
import { expectOk } from '../../../src/base/result.ts';
import { activatedSloop } from '../support/activatedSloop.ts';
import { agentUntil, startScripted } from '../support/scriptedAgent.ts';

describe('a window without a folder', () => {
  it('keeps projects in the editor’s global storage', async () => {
    const { parts } = await activatedSloop();
    assert.equal(parts.place.hasFolder, false);
    assert.ok(parts.place.storeDir.startsWith(parts.context.globalStorageUri.fsPath));
    expectOk(await parts.client.execute('project.create', { slug: 'ideas', title: 'Ideas' }));
    assert.equal(parts.connection.state.kind, 'owner');
  });

  it('starts no agent, and says why', async () => {
    const { parts } = await activatedSloop();
    const name = await startScripted(parts, 'steps: [{ say: here }]', {
      folder: parts.context.extensionPath,
    });
    const agent = await agentUntil(parts, name, ({ status }) => status === 'crashed');
    assert.match(agent.attention ?? '', /Agents need a folder to work in/);
  });
});
