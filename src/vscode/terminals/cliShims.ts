import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type * as vscode from 'vscode';
import { shellShim, windowsShim } from '../../agents/commandShim.ts';

/**
 * Puts `sloop` on the PATH of every integrated terminal: two small files that start the CLI on the editor's own
 * Node, so that the person needs none.
 */
export function offerCli(context: vscode.ExtensionContext, program: string): void {
  const folder = path.join(context.globalStorageUri.fsPath, 'bin');
  mkdirSync(folder, { recursive: true });
  const command = { words: [process.execPath, program], env: { ELECTRON_RUN_AS_NODE: '1' } };
  writeIfOther(path.join(folder, 'sloop'), shellShim(command));
  writeIfOther(path.join(folder, 'sloop.cmd'), windowsShim(command));
  const variables = context.environmentVariableCollection;
  variables.description = 'Adds the `sloop` command.';
  // A profile script may reorder the PATH after the process has begun, so it is prepended a second time then.
  variables.prepend('PATH', folder + path.delimiter, {
    applyAtProcessCreation: true,
    applyAtShellIntegration: true,
  });
}

function writeIfOther(file: string, text: string): void {
  try {
    if (readFileSync(file, 'utf8') === text) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}
