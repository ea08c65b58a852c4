import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

/** Opens a file that a finding names, at its line; one outside of the workspace is not opened. */
export async function openFile(workspace: string, file: string, line: number | null): Promise<void> {
  const found = await inside(workspace, file);
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

/** The file's real path where that lies in the folder; agents write these names, so links must not lead out of it. */
export async function inside(folder: string, file: string): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    const found = await realpath(path.resolve(root, file));
    const way = path.relative(root, found);
    return way === '' || way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way)
      ? undefined
      : found;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
