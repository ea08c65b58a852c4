import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import type { LoopPanels } from './loopPanels.ts';
import { loopViewType } from './loopViewType.ts';
import { registerPromptDocuments } from './promptDocuments.ts';

/** Registers the loop view; what it is made of is loaded when the first one opens. */
export function registerLoopView(parts: EditorParts): vscode.Disposable {
  let loading: Promise<LoopPanels> | undefined;
  const panels = () =>
    (loading ??= import('./loopPanels.ts').then(({ createLoopPanels }) => createLoopPanels(parts)));
  return vscode.Disposable.from(
    registerPromptDocuments(parts.client),
    vscode.commands.registerCommand(commandIds.openLoop, async (loop: string) => (await panels()).open(loop)),
    vscode.window.registerWebviewPanelSerializer(loopViewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => (await panels()).revive(panel, state),
    }),
  );
}
