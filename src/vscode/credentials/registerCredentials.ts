import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';

/** A row of the accounts' tree, or an id. */
const idOf = (given: unknown): string | undefined =>
  typeof given === 'string' ? given : (given as { readonly id?: string } | undefined)?.id;

/** The commands that ask for credentials. What they need of the providers is loaded when the first one is used. */
export const registerCredentials = (parts: EditorParts): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.addAccount, async () =>
      (await import('./accountDialogs.ts')).addAccount(parts),
    ),
    vscode.commands.registerCommand(commandIds.logInToAccount, async (given: unknown) =>
      (await import('./accountDialogs.ts')).logInToAccount(parts, idOf(given)),
    ),
  );
