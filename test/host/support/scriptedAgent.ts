import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { expectOk } from '../../../src/base/result.ts';
import type { InputOf, OutputOf } from '../../../src/operations/client.ts';
import type { EditorParts } from '../../../src/vscode/editorParts.ts';
import { until } from '../../support/vscode/until.ts';

export type ShownAgent = OutputOf<'agent.show'>;

/** Starts an agent that plays `script` in place of asking a model; returns its name. */
export async function startScripted(
  { client, context }: EditorParts,
  script: string,
  more: Partial<InputOf<'agent.start'>> = {},
): Promise<string> {
  const file = path.join(context.globalStorageUri.fsPath, `script-${crypto.randomUUID().slice(0, 8)}.yaml`);
  writeFileSync(file, script);
  const { name } = expectOk(
    await client.execute('agent.start', {
      role: 'coder',
      prompt: 'Play the script.',
      provider: 'script',
      script: file,
      ...more,
    }),
  );
  return name;
}

/** Waits until the agent is as wanted. */
export const agentUntil = (
  { client }: EditorParts,
  name: string,
  holds: (agent: ShownAgent) => boolean,
): Promise<ShownAgent> =>
  until(`${name}: ${holds.toString()}`, async () => {
    const agent = expectOk(await client.execute('agent.show', { agent: name }));
    return holds(agent) && agent;
  });

/** The agent's terminal, when there is one. */
export const terminalOf = (name: string): Promise<vscode.Terminal> =>
  until(`a terminal of ${name}`, () => vscode.window.terminals.find((terminal) => terminal.name === name));

/** Resolves with a terminal's end; call it before what ends it. */
export function closing(name: string): Promise<vscode.TerminalExitStatus | undefined> {
  return new Promise((resolve) => {
    const listening = vscode.window.onDidCloseTerminal((terminal) => {
      if (terminal.name !== name) return;
      listening.dispose();
      resolve(terminal.exitStatus);
    });
  });
}
