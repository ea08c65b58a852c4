import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { GitFileSystem } from './gitFileSystem.ts';
import { gitScheme } from './gitUri.ts';
import { pickWhose } from './pickWhose.ts';
import { gitFiles, openChanges } from './showChanges.ts';
import type { Whose } from './whose.ts';

/** Differences of work in git, in the editor's own views. */
export const registerDiffs = ({ client }: EditorParts): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.workspace.registerFileSystemProvider(gitScheme, new GitFileSystem(gitFiles), {
      isReadonly: true,
      isCaseSensitive: true,
    }),
    vscode.commands.registerCommand(commandIds.showChanges, async (given?: Whose) => {
      const whose = given ?? (await pickWhose(client));
      if (whose !== undefined) await openChanges(client, whose);
    }),
  );
