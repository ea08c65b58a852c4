import path from 'node:path';
import * as vscode from 'vscode';
import { dataFolder } from '../../gateway/client/dataFolder.ts';
import { createRegistry, workspaceOf } from '../../gateway/client/registry.ts';

/** Which body of work a window is about, and where its store lies. */
export interface Place {
  /** Root of the repository, or the folder where there is none. */
  readonly workspace: string;
  readonly storeDir: string;
  /** Whether a folder is open. Without one there is nothing that agents could work on. */
  readonly hasFolder: boolean;
}

const chosenFolderKey = 'sloop.folder';

/**
 * The window's place. The registry wins over the editor's own storage, so that every program that opens the
 * folder finds the same store. A window of several folders has one place: that of the folder that was chosen
 * (`chooseFolder`), else of the first that is known already, else of the first.
 */
export function placeOf(context: vscode.ExtensionContext): Place {
  const registry = createRegistry(dataFolder());
  const folders = localFolders();
  const chosen = context.workspaceState.get<string>(chosenFolderKey);
  const known = (folder: string) => registry.find(folder)?.workspace === workspaceOf(folder);
  const folder = folders.find((one) => one === chosen) ?? folders.find(known) ?? folders[0];
  if (folder === undefined) {
    const own = context.globalStorageUri.fsPath;
    return { workspace: path.join(own, 'no-folder'), storeDir: path.join(own, 'store'), hasFolder: false };
  }
  const workspace = workspaceOf(folder);
  const registered = registry.find(workspace);
  if (registered?.workspace === workspace)
    return { workspace, storeDir: registered.storeDir, hasFolder: true };
  const storeDir =
    context.storageUri === undefined
      ? registry.defaultStore(workspace)
      : path.join(context.storageUri.fsPath, 'store');
  return { workspace, storeDir, hasFolder: true };
}

/** Remembers for this window which of its folders Sloop is about. Counts from the next start of the window on. */
export const chooseFolder = (context: vscode.ExtensionContext, folder: string): Thenable<void> =>
  context.workspaceState.update(chosenFolderKey, folder);

/** Folders on this machine's disk; others cannot hold a repository that agents work in. */
export const localFolders = (): readonly string[] =>
  (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
