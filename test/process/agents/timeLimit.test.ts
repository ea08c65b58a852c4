import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { providerCatalog } from '../../../src/agents/providers/catalog.ts';
import { expectOk, ok } from '../../../src/base/result.ts';
import { commandDefinition } from '../../../src/agents/providers/command.ts';
import { runAgent } from '../../../src/cli/run/runAgent.ts';
import { aRole } from '../../support/loopDriver.ts';
import { createTestHost } from '../../support/testHost.ts';

describe('the time limit of a role', function () {
  this.timeout(60_000);
  it('ends the agent also where no host does, and says why', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-limit-'));
    const host = await createTestHost({
      roles: [aRole({ maxMinutes: 0.01 })],
      surroundings: { workspaceRoot: folder },
    });
    try {
      const { name } = await host.run('agent.start', { role: 'coder', prompt: 'p', provider: 'command' });
      writeFileSync(path.join(folder, 'endless.js'), 'console.log("here"); setInterval(() => {}, 1000);');
      const argv = [process.execPath, path.join(folder, 'endless.js'), '{prompt}'];
      const command = commandDefinition.parse({ id: 'command', title: 'Endless', argv });
      const notes: string[] = [];
      const client = host.executor.clientFor({ kind: 'system', name: 'runner' }, 'runner');
      const code = await runAgent(name, {
        link: { execute: (operation, input) => client.executeNamed(operation, input) },
        providers: expectOk(providerCatalog([command])),
        settings: () => undefined,
        credentials: () => Promise.resolve(ok({})),
        storeDir: folder,
        spool: (agent, sessionNumber) => path.join(folder, 'spool', `${agent}-${sessionNumber}.jsonl`),
        terminal: false,
        process: { pid: process.pid, pidStartedAt: null },
        sloop: [process.execPath, 'sloop.cjs'],
        environment: process.env,
        display: { show: () => undefined, note: (text) => notes.push(text) },
        onSignal: () => ({ dispose: () => undefined }),
        limitGraceMs: 1000,
        hangUpGraceMs: 0,
        patienceMs: 1000,
      });
      assert.equal(code, 143);
      const agent = await host.tables((tables) => tables.agent.findByName(name));
      assert.deepEqual([agent?.status, agent?.stopRequestedBy], ['stopped', 'engine']);
      assert.match(notes.join('\n'), /Ended after 0\.01 minutes, the limit of its role/);
      const { items } = await host.run('agent.log', { agent: name });
      assert.ok(items.some(({ content }) => content === 'here'));
    } finally {
      host.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
