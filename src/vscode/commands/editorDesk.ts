import path from 'node:path';
import * as vscode from 'vscode';
import { localFolders } from '../connection/place.ts';
import type { EditorParts } from '../editorParts.ts';
import { createAnswerDocuments } from './answerDocuments.ts';
import type { Button, Desk } from './desk.ts';
import type { Choice } from './prompter.ts';
import { beginQuickInputs } from './quickInputs.ts';

const doneMs = 6000;

const memoryKey = (operation: string): string => `sloop.answers.${operation}`;

/** The desk of this window. */
export function createEditorDesk({ client, connection, context }: EditorParts): Desk & vscode.Disposable {
  const documents = createAnswerDocuments();
  return {
    client,
    async ask(title, job) {
      const inputs = beginQuickInputs(title);
      try {
        return await job(inputs);
      } finally {
        inputs.dispose();
      }
    },
    folders: localFolders,
    texts: openTexts,
    hasNoHost: () => connection.state.kind === 'refused',
    async runCommand(command, ...args) {
      await vscode.commands.executeCommand(command, ...args);
    },
    sayDone: (line) => void vscode.window.setStatusBarMessage(`$(check) ${line}`, doneMs),
    say: (level, message, buttons) => void sayAndRun(level, message, buttons),
    async confirm(question, detail, verb) {
      return (await vscode.window.showWarningMessage(question, { modal: true, detail }, verb)) === verb;
    },
    recall: (operation) => context.workspaceState.get(memoryKey(operation), {}),
    remember: (operation, answers) => void context.workspaceState.update(memoryKey(operation), answers),
    showDocument: (name, text) => documents.show(name, text),
    dispose() {
      documents.dispose();
    },
  };
}

async function sayAndRun(
  level: 'error' | 'information',
  message: string,
  buttons: readonly Button[],
): Promise<void> {
  const titles = buttons.map(({ title }) => title);
  const chosen = await (level === 'error'
    ? vscode.window.showErrorMessage(message, ...titles)
    : vscode.window.showInformationMessage(message, ...titles));
  const button = buttons.find(({ title }) => title === chosen);
  if (button !== undefined) await vscode.commands.executeCommand(button.command, ...button.args);
}

function openTexts(): readonly Choice[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return [];
  const { document, selection } = editor;
  const name = path.posix.basename(document.uri.path);
  const whole: Choice = { label: `All of ${name}`, value: document.getText() };
  if (selection.isEmpty) return [whole];
  return [{ label: `What is selected in ${name}`, value: document.getText(selection) }, whole];
}
