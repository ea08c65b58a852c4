import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import { expectOk } from '../../../src/base/result.ts';
import { activatedSloop } from '../support/activatedSloop.ts';

/** Asks again until it holds. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (
    const end = Date.now() + 20_000;
    Date.now() < end;
    await new Promise((resolve) => setTimeout(resolve, 100))
  )
    if (await holds()) return;
  throw new Error(`It never was: ${what}`);
}

describe('commands', () => {
  // The other suites of this folder look at the same store.
  after(async () => {
    const { parts } = await activatedSloop();
    expectOk(
      await parts.client.execute('project.delete', { project: 'commands', todos: true, artifacts: true }),
    );
  });

  it('run at once where everything is said beforehand', async () => {
    const { parts } = await activatedSloop();
    await vscode.commands.executeCommand('sloop.project.create', { title: 'Commands', description: '' });
    const project = expectOk(await parts.client.execute('project.show', { project: 'commands' }));
    await vscode.commands.executeCommand('sloop.todo.create', {
      title: 'By hand',
      project: 'commands',
      description: '',
      priority: 'high',
      sprint: await aSprint(project.slug),
    });
    const { items } = expectOk(await parts.client.execute('todo.list', { project: 'commands' }));
    assert.deepEqual(
      items.map(({ title, priority }) => [title, priority]),
      [['By hand', 'high']],
    );
    const [todo] = items;
    await vscode.commands.executeCommand('sloop.todo.complete', {
      todos: [todo?.id],
      summary: 'Done by hand',
    });
    const shown = expectOk(await parts.client.execute('todo.show', { todo: todo?.id as never }));
    assert.equal(shown.status, 'completed');
  });

  async function aSprint(project: string): Promise<string> {
    const { parts } = await activatedSloop();
    return expectOk(await parts.client.execute('sprint.create', { project, title: 'First' })).id;
  }

  it('change nothing when the person goes away', async () => {
    const { parts } = await activatedSloop();
    const before = expectOk(await parts.client.execute('project.list', { all: true })).items.length;
    let ended = false;
    const running = Promise.resolve(vscode.commands.executeCommand('sloop.project.create')).then(
      () => (ended = true),
    );
    // Closing before it is on the screen closes nothing, so it is closed until it is.
    await until('closed', async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return ended;
    });
    await running;
    assert.equal(expectOk(await parts.client.execute('project.list', { all: true })).items.length, before);
  });

  it('have settings with the defaults that the manifest says', async () => {
    const { parts } = await activatedSloop();
    const { contributes } = parts.context.extension.packageJSON as {
      contributes: { configuration: { properties: Record<string, { default: unknown }> }[] };
    };
    const properties = contributes.configuration.flatMap((group) => Object.entries(group.properties));
    assert.ok(properties.length > 0);
    for (const [name, { default: byDefault }] of properties)
      assert.deepEqual(vscode.workspace.getConfiguration().get(name), byDefault, name);
  });

  it('give VS Code’s own agents the person’s tools, without a token', async () => {
    const { parts } = await activatedSloop();
    await parts.connection.open();
    const program = path.join(parts.context.extensionPath, 'dist', 'sloop.cjs');
    const { SLOOP_TOKEN: _none, ...env } = process.env;
    const server = spawn(process.execPath, [program, 'mcp'], {
      env: { ...env, ELECTRON_RUN_AS_NODE: '1', SLOOP_STORE: parts.place.storeDir },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
      const ask = async (id: number, method: string, params: object): Promise<Record<string, unknown>> => {
        server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
        const line: IteratorResult<string> = await lines.next();
        return (JSON.parse(String(line.value)) as { result: Record<string, unknown> }).result;
      };
      const clientInfo = { name: 'test', version: '1' };
      await ask(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
      server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
      const { tools } = (await ask(2, 'tools/list', {})) as { tools: { name: string }[] };
      assert.ok(tools.some(({ name }) => name === 'todo_create'));
    } finally {
      server.stdin.end();
    }
  });
});
