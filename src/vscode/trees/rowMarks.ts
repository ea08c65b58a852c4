import * as vscode from 'vscode';
import type { Mark } from './looks/look.ts';

const scheme = 'sloop-row';

/** The address of a row that carries a letter; one that carries none has no address. */
export const markUri = (mark: Mark, id: string): vscode.Uri =>
  vscode.Uri.from({ scheme, path: `/${mark}/${id}` });

const decorations: Readonly<Record<string, vscode.FileDecoration>> = {
  overdue: new vscode.FileDecoration('!', 'Overdue', new vscode.ThemeColor('list.errorForeground')),
  review: new vscode.FileDecoration('R', 'Waits for your review'),
  unseen: new vscode.FileDecoration(
    '●',
    'Ended, and you have not looked at it yet',
    new vscode.ThemeColor('charts.blue'),
  ),
};

/** Letters at the right edge of rows. What a row's mark is stands in its address, so there is nothing to keep. */
export const registerRowMarks = (): vscode.Disposable =>
  vscode.window.registerFileDecorationProvider({
    provideFileDecoration(uri) {
      if (uri.scheme !== scheme) return undefined;
      const [, mark] = uri.path.split('/');
      return decorations[mark ?? ''] ?? turnOf(mark ?? '');
    },
  });

/** Its place among those that dispatch does next. */
function turnOf(mark: string): vscode.FileDecoration | undefined {
  const turn = /^next([1-9])$/.exec(mark)?.[1];
  if (turn === undefined) return undefined;
  return new vscode.FileDecoration(
    turn,
    turn === '1' ? 'Dispatch does this next' : `Number ${turn} in dispatch`,
  );
}
