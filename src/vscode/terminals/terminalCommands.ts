import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { createLogDocuments } from './logDocuments.ts';

/** Showing what an agent does: its terminal while it has one here, its log otherwise. */
export function registerTerminalCommands(parts: EditorParts): vscode.Disposable {
  const logs = createLogDocuments(parts.client);
  return vscode.Disposable.from(
    logs,
    vscode.commands.registerCommand(commandIds.openAgentLog, (agent: string) => logs.open(agent)),
    vscode.commands.registerCommand(commandIds.showTerminal, async (agent: string) => {
      const shown = await parts.client.execute('agent.show', { agent });
      const name = shown.ok ? shown.value.name : agent;
      if (!(await parts.terminals.show(name))) await logs.open(name);
    }),
  );
}
