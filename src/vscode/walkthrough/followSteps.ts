import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { stepDoneBy, stepKeys } from './steps.ts';

/** Ticks off the walkthrough's steps as they are done. VS Code itself remembers those that were completed. */
export function followSteps({ client }: EditorParts): vscode.Disposable {
  const told = new Set<string>();
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.openWalkthrough, () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', 'sloop.sloop#begin', false),
    ),
    client.onDidChange((events) => {
      for (const step of new Set(events.map(stepDoneBy)))
        if (step !== undefined && !told.has(step)) {
          told.add(step);
          void vscode.commands.executeCommand('setContext', stepKeys[step], true);
        }
    }),
  );
}
