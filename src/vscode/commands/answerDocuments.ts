import * as vscode from 'vscode';

const scheme = 'sloop-answer';

/** What operations answered, as read-only documents. */
export interface AnswerDocuments extends vscode.Disposable {
  show(name: string, text: string): Promise<void>;
}

export function createAnswerDocuments(): AnswerDocuments {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) =>
      texts.get(uri.toString()) ?? '# This was an answer of an earlier window. Run the command again.\n',
  });
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString()));
  return {
    async show(name, text) {
      const uri = vscode.Uri.from({ scheme, path: `/${name.replaceAll('/', '-')}.yaml` });
      texts.set(uri.toString(), text);
      // The same answer may be open still, as it was before.
      changed.fire(uri);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    },
    dispose() {
      vscode.Disposable.from(changed, provider, closed).dispose();
    },
  };
}
