import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { expectOk } from '../../../src/base/result.ts';
import { readGatewayFile } from '../../../src/gateway/gatewayFile.ts';
import type { EditorParts } from '../../../src/vscode/editorParts.ts';
import { until } from '../../support/vscode/until.ts';
import { activatedSloop } from '../support/activatedSloop.ts';
import { agentUntil, closing, startScripted, terminalOf } from '../support/scriptedAgent.ts';

const done = '{ mcp: { operation: report, input: { status: done, summary: All done } } }';

describe('agents in terminals', () => {
  let parts: EditorParts;
  const file = (name: string) => path.join(parts.place.workspace, name);
  before(async () => {
    ({ parts } = await activatedSloop());
    await parts.connection.open();
  });

  it('run as the terminal’s own process, and say how they ended', async () => {
    const name = await startScripted(parts, `steps: [{ say: here }, { hold: ${file('go')} }, ${done}]`);
    const ended = closing(name);
    const terminal = await terminalOf(name);
    const agent = await agentUntil(parts, name, ({ status }) => status === 'running');
    // The row's process may be the agent itself; the terminal's is `sloop run`, its parent.
    const words = commandLine(await pidOf(terminal));
    assert.deepEqual(words.slice(-2), ['run', name]);
    writeFileSync(file('go'), '');
    await agentUntil(parts, name, ({ status }) => status === 'idle');
    assert.deepEqual({ ...(await ended) }, { code: 0, reason: vscode.TerminalExitReason.Process });
    assert.equal(agent.exitCode, null);
  });

  it('pass an agent’s exit code on exactly', async () => {
    const name = await startScripted(parts, 'steps: [{ say: I give up }, { exit: 7 }]');
    const status = await closing(name);
    assert.equal(status?.code, 7);
    const agent = await agentUntil(parts, name, ({ exitCode }) => exitCode !== null);
    assert.equal(agent.exitCode, 7);
  });

  it('have no token in the terminal’s environment, on its command line, or in the agent’s folder', async () => {
    const name = await startScripted(parts, `steps: [{ say: here }, { hold: ${file('go-2')} }, ${done}]`);
    const ended = closing(name);
    const pid = await pidOf(await terminalOf(name));
    await agentUntil(parts, name, ({ status }) => status === 'running');
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    const owner = readGatewayFile(parts.place.storeDir)?.token ?? '';
    assert.ok(owner.length > 20);
    assert.ok(environment.includes(`SLOOP_STORE=${parts.place.storeDir}`));
    assert.deepEqual(
      environment.filter((entry) => /token/i.test(entry) || entry.includes(owner)),
      [],
    );
    assert.ok(!commandLine(pid).some((word) => word.includes(owner)));
    writeFileSync(file('go-2'), '');
    await ended;
  });

  it('are named by the agent and look by their role', async () => {
    const name = await startScripted(parts, `steps: [{ hold: ${file('go-3')} }, ${done}]`, {
      role: 'reviewer',
    });
    const ended = closing(name);
    const { creationOptions } = await terminalOf(name);
    const { iconPath, color } = creationOptions as vscode.TerminalOptions;
    assert.equal((iconPath as vscode.ThemeIcon).id, 'eye');
    assert.equal((color as vscode.ThemeColor & { id: string }).id, 'terminal.ansiYellow');
    writeFileSync(file('go-3'), '');
    await ended;
  });

  it('stop with their terminal when a person closes it', async () => {
    const name = await startScripted(parts, 'steps: [{ say: here }, { hang: true }]');
    const terminal = await terminalOf(name);
    const { pid } = await agentUntil(parts, name, ({ status }) => status === 'running');
    assert.ok(pid !== null);
    await until('the agent’s process', () => existsSync(`/proc/${pid}`));
    // `dispose` is how an extension closes it. The editor’s own "Kill Terminal" is what a person uses.
    terminal.show();
    await until('the terminal is the active one', () => vscode.window.activeTerminal === terminal);
    await vscode.commands.executeCommand('workbench.action.terminal.kill');
    const agent = await agentUntil(parts, name, ({ status }) => status === 'stopped');
    assert.equal(agent.status, 'stopped');
    await until('the agent’s process ends', () => !existsSync(`/proc/${pid}`));
  });

  it('end when an agent is stopped by an operation', async () => {
    const name = await startScripted(parts, 'steps: [{ say: here }, { hang: true }]');
    const ended = closing(name);
    await agentUntil(parts, name, ({ status }) => status === 'running');
    expectOk(await parts.client.execute('agent.stop', { agents: [name] }));
    assert.ok((await ended) !== undefined);
    await agentUntil(parts, name, ({ status }) => status === 'stopped');
  });

  it('put `sloop` on the PATH of every terminal, on the editor’s own Node', async () => {
    const out = file('roles.json');
    const terminal = vscode.window.createTerminal({
      name: 'a person',
      shellPath: '/bin/sh',
      shellArgs: ['-c', `sloop role list --json > ${out}.part && mv ${out}.part ${out}`],
      cwd: parts.place.workspace,
    });
    try {
      const text = await until('what sloop wrote', () => existsSync(out) && readFileSync(out, 'utf8'));
      assert.match(text, /"reviewer"/);
    } finally {
      terminal.dispose();
    }
  });
});

async function pidOf(terminal: vscode.Terminal): Promise<number> {
  const pid = await terminal.processId;
  if (pid === undefined) throw new Error(`The terminal ${terminal.name} has no process.`);
  return pid;
}

const commandLine = (pid: number): readonly string[] =>
  readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
