import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type * as vscode from 'vscode';
import { shellShim, windowsShim } from '../../agents/commandShim.ts';
import type { Logger } from '../../base/logger.ts';

/**
 * Puts `sloop` on the PATH of every integrated terminal: two small files that start the CLI on the editor's own
 * Node, so that the person needs none. Where they cannot be written, everything else works all the same.
 */
export function offerCli(context: vscode.ExtensionContext, program: string, logger: Logger): void {
  const folder = path.join(context.globalStorageUri.fsPath, 'bin');
  try {
    writeShims(folder, program);
  } catch (error) {
    logger.log('warn', 'there is no `sloop` command in terminals', { folder, error });
    return;
  }
  const variables = context.environmentVariableCollection;
  variables.description = 'Adds the `sloop` command.';
  // A profile script may reorder the PATH after the process has begun, so it is prepended a second time then.
  variables.prepend('PATH', folder + path.delimiter, {
    applyAtProcessCreation: true,
    applyAtShellIntegration: true,
  });
}

function writeShims(folder: string, program: string): void {
  mkdirSync(folder, { recursive: true });
  const command = { words: [process.execPath, program], env: { ELECTRON_RUN_AS_NODE: '1' } };
  writeIfOther(path.join(folder, 'sloop'), shellShim(command));
  writeIfOther(path.join(folder, 'sloop.cmd'), windowsShim(command));
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
