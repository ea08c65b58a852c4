import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { stepDoneBy, stepKeys, type WalkthroughStep } from './steps.ts';

/** Ticks off the walkthrough's steps as they are done. VS Code itself remembers those that were completed. */
export function followSteps({ client }: EditorParts): vscode.Disposable {
  const done = new Set<WalkthroughStep>();
  const tell = (step: WalkthroughStep, is: boolean) =>
    vscode.commands.executeCommand('setContext', stepKeys[step], is);
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.openWalkthrough, async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'sloop.sloop#begin', false);
      // A walkthrough that is opened for the first time only sees what changes from then on.
      for (const step of done) {
        await tell(step, false);
        await tell(step, true);
      }
    }),
    client.onDidChange((events) => {
      for (const step of events.map(stepDoneBy)) {
        if (step === undefined || done.has(step)) continue;
        done.add(step);
        void tell(step, true);
      }
    }),
  );
}
