import * as vscode from 'vscode';

export const gitScheme = 'sloop-git';

/** One side of a difference. `commit` null: there was no such file, and the side is empty. */
export interface GitFile {
  readonly repository: string;
  readonly commit: string | null;
  readonly file: string;
}

/** The address of a file as a commit has it: its path stays readable, so that tabs and languages fit. */
export const gitUri = ({ file, ...of }: GitFile): vscode.Uri =>
  vscode.Uri.from({ scheme: gitScheme, path: `/${file}`, query: JSON.stringify(of) });

export function gitFileOf(uri: vscode.Uri): GitFile {
  const of = JSON.parse(uri.query) as Omit<GitFile, 'file'>;
  return { ...of, file: uri.path.slice(1) };
}
