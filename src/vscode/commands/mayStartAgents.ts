import * as vscode from 'vscode';
import type { Place } from '../connection/place.ts';

/** Whether agents may start in this window; says why not, and offers what can be done. */
export async function mayStartAgents({ hasFolder }: Place): Promise<boolean> {
  if (!hasFolder) {
    await offer('Agents need a folder to work in. Open the repository that they are to work on.', {
      'Open Folder': 'workbench.action.files.openFolder',
    });
    return false;
  }
  if (!vscode.workspace.isTrusted) {
    await offer('Agents start only in a workspace that you trust: they run programs in it.', {
      'Manage Workspace Trust': 'workbench.trust.manage',
    });
    return false;
  }
  return true;
}

async function offer(message: string, commands: Readonly<Record<string, string>>): Promise<void> {
  const chosen = await vscode.window.showWarningMessage(message, ...Object.keys(commands));
  const command = chosen === undefined ? undefined : commands[chosen];
  if (command !== undefined) await vscode.commands.executeCommand(command);
}
