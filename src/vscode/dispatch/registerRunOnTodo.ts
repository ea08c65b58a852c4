import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { pickTodo } from './pickTodo.ts';

/**
 * "Run an agent on this todo", wherever a todo is shown: the todo is asked for where none is named, and then it is
 * `agent.start`, which asks for role, provider and worktree and begins with what was chosen last.
 */
export const registerRunOnTodo = ({ client }: EditorParts): vscode.Disposable =>
  vscode.commands.registerCommand(commandIds.runOnTodo, async (given?: string) => {
    const todo = given ?? (await pickTodo(client));
    if (todo !== undefined) await vscode.commands.executeCommand('sloop.agent.start', { todo });
  });
