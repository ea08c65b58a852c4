import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { chooseFolder, localFolders, placeOf } from './place.ts';

/** Which of a window's folders Sloop is about: the command to choose it, and a word when the folders change. */
export function followFolders({ context, place }: EditorParts): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.chooseFolder, async () => {
      const folder = await pickFolder();
      if (folder === undefined) return;
      await chooseFolder(context, folder);
      if (placeOf(context).storeDir !== place.storeDir)
        await offerReload(`Sloop will be about ${path.basename(folder)} when this window has been reloaded.`);
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      const now = placeOf(context);
      if (now.storeDir === place.storeDir) return;
      const name = (workspace: string) => path.basename(workspace);
      void offerReload(
        `The folders of this window have changed. Sloop goes on with ${name(place.workspace)} and will be about ${name(now.workspace)} after a reload.`,
      );
    }),
  );
}

async function pickFolder(): Promise<string | undefined> {
  const folders = localFolders().map((folder) => ({ label: path.basename(folder), description: folder }));
  const picked = await vscode.window.showQuickPick(folders, {
    title: 'Choose the folder that Sloop is about',
    placeHolder: 'Its projects, agents and loops are those that this window shows',
  });
  return picked?.description;
}

async function offerReload(message: string): Promise<void> {
  const reload = 'Reload Window';
  if ((await vscode.window.showInformationMessage(message, reload)) === reload)
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
