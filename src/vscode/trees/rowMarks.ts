import * as vscode from 'vscode';

const scheme = 'sloop-row';

type Mark = 'overdue' | 'review';

/** The address of a row that carries a letter; one that carries none has no address. */
export const markUri = (mark: Mark, id: string): vscode.Uri =>
  vscode.Uri.from({ scheme, path: `/${mark}/${id}` });

const decorations: Readonly<Record<Mark, vscode.FileDecoration>> = {
  overdue: new vscode.FileDecoration('!', 'Overdue', new vscode.ThemeColor('list.errorForeground')),
  review: new vscode.FileDecoration('R', 'Waits for your review'),
};

/** Letters at the right edge of rows. What a row's mark is stands in its address, so there is nothing to keep. */
export const registerRowMarks = (): vscode.Disposable =>
  vscode.window.registerFileDecorationProvider({
    provideFileDecoration(uri) {
      if (uri.scheme !== scheme) return undefined;
      const [, mark] = uri.path.split('/');
      return mark === 'overdue' || mark === 'review' ? decorations[mark] : undefined;
    },
  });
