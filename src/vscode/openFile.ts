import * as vscode from 'vscode';
import { insideFolder } from './insideFolder.ts';

/** Opens a file that a finding names, at its line; one outside of the workspace is not opened. */
export async function openFile(workspace: string, file: string, line: number | null): Promise<void> {
  const found = await insideFolder(workspace, file);
  if (found === undefined) {
    void vscode.window.showWarningMessage(
      `There is no file ${file} in this workspace. It may have been moved, or lie in a worktree that is gone.`,
    );
    return;
  }
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(found), {
    preview: true,
    viewColumn: vscode.ViewColumn.Beside,
    ...(line === null ? {} : { selection: new vscode.Range(at, at) }),
  });
}
