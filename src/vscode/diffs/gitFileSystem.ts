import * as vscode from 'vscode';
import type { GitFiles } from './gitFiles.ts';
import { gitFileOf } from './gitUri.ts';

/**
 * Files of commits as a read-only file system, so that pictures and other bytes show as well as text. What a commit
 * has never changes, so nothing is watched.
 */
export class GitFileSystem implements vscode.FileSystemProvider {
  readonly #git: () => Promise<GitFiles>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(git: () => Promise<GitFiles>) {
    this.#git = git;
  }

  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { byteLength } = await this.readFile(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: byteLength };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { repository, commit, file } = gitFileOf(uri);
    if (commit === null) return new Uint8Array();
    const bytes = await (await this.#git()).at(repository, commit, file);
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  }

  readDirectory(): never {
    throw vscode.FileSystemError.NoPermissions('Only single files are shown here.');
  }
  createDirectory(): never {
    throw readOnly();
  }
  writeFile(): never {
    throw readOnly();
  }
  delete(): never {
    throw readOnly();
  }
  rename(): never {
    throw readOnly();
  }
}

const readOnly = (): vscode.FileSystemError =>
  vscode.FileSystemError.NoPermissions('What a commit has cannot be changed.');
