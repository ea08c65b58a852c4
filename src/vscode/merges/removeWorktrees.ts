import * as vscode from 'vscode';
import type { Client } from '../../operations/client.ts';
import type { WorktreeRow } from '../trees/model/entity.ts';
import { warnIfRefused } from '../warnIfRefused.ts';
import { removalText } from './removalText.ts';

/** Removes worktrees after saying what would go; what is in no commit and no other branch needs another word. */
export async function removeWorktrees(client: Client, rows: readonly WorktreeRow[]): Promise<void> {
  if (rows.length === 0) return;
  const worktrees = rows.map(({ id }) => id);
  const dryRun = await client.execute('worktree.remove', { worktrees, force: true, dryRun: true });
  if (!warnIfRefused(dryRun) || !dryRun.ok) return;
  const { question, detail, action, force } = removalText(dryRun.value.worktrees, dryRun.value.sizeBytes);
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, action);
  if (answer === action) warnIfRefused(await client.execute('worktree.remove', { worktrees, force }));
}
