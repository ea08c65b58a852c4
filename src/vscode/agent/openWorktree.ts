import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Client } from '../../operations/client.ts';
import { warnIfRefused } from '../warnIfRefused.ts';

/** Opens the folder that an agent works in as a window of its own. */
export async function openWorktree(client: Client, agent: string): Promise<void> {
  const found = await worktreeOf(client, agent);
  if (found !== undefined)
    await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(found.path), {
      forceNewWindow: true,
    });
}

/** Opens a shell of the person's in the folder that an agent works in. */
export async function openWorktreeTerminal(client: Client, agent: string): Promise<void> {
  const found = await worktreeOf(client, agent);
  if (found === undefined) return;
  vscode.window
    .createTerminal({
      name: `${found.name}’s worktree`,
      cwd: found.path,
      iconPath: new vscode.ThemeIcon('folder'),
    })
    .show();
}

async function worktreeOf(
  client: Client,
  agent: string,
): Promise<{ readonly name: string; readonly path: string } | undefined> {
  const shown = await client.execute('agent.show', { agent });
  if (!warnIfRefused(shown) || !shown.ok) return undefined;
  const { name, worktreePath } = shown.value;
  if (worktreePath === null || !existsSync(worktreePath)) {
    void vscode.window.showInformationMessage(
      worktreePath === null
        ? `${name} has no worktree of its own: it works in this folder.`
        : `The worktree of ${name} is not there any more: its work was merged, or it was removed.`,
    );
    return undefined;
  }
  return { name, path: worktreePath };
}
