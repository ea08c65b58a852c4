import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { registerArtifactDocuments } from './artifactDocuments.ts';
import type { ReviewPanels } from './reviewPanels.ts';
import { reviewViewType } from './reviewViewType.ts';

/** Registers the artifact review; what it is made of is loaded when the first one opens. */
export function registerReview(parts: EditorParts): vscode.Disposable {
  let loading: Promise<ReviewPanels> | undefined;
  const panels = () =>
    (loading ??= import('./reviewPanels.ts').then(({ createReviewPanels }) => createReviewPanels(parts)));
  return vscode.Disposable.from(
    registerArtifactDocuments(parts.client),
    vscode.commands.registerCommand(commandIds.openArtifact, async (artifact: string, version?: number) =>
      (await panels()).open(artifact, version),
    ),
    vscode.window.registerWebviewPanelSerializer(reviewViewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => (await panels()).revive(panel, state),
    }),
  );
}
