import type * as vscode from 'vscode';
import type { Client } from '../../operations/client.ts';
import { warnIfRefused } from '../warnIfRefused.ts';
import { isDone } from './looks/todoLook.ts';
import type { ModelTree } from './modelTree.ts';
import type { TreeNode } from './model/treeModel.ts';

/** Ticking completes todos, unticking reopens them. A tick that is refused goes back to what is true. */
export const registerCheckboxes = (client: Client, tree: ModelTree): vscode.Disposable =>
  tree.view.onDidChangeCheckboxState(async ({ items }) => {
    // A folder that VS Code ticks along with its children is no todo.
    const todos = items.filter(([{ entity }]) => entity.row.kind === 'todo');
    const ofState = (ticked: boolean) =>
      todos
        .filter(([node, state]) => (Number(state) === 1) === ticked && isClosed(node) !== ticked)
        .map(([{ id }]) => id);
    const [complete, reopen] = [ofState(true), ofState(false)];
    const results = [
      ...(complete.length === 0 ? [] : [await client.execute('todo.complete', { todos: complete })]),
      ...(reopen.length === 0 ? [] : [await client.execute('todo.reopen', { todos: reopen })]),
    ];
    if (!results.map(warnIfRefused).every((fine) => fine)) tree.redraw(todos.map(([node]) => node));
  });

const isClosed = ({ entity: { row } }: TreeNode): boolean => row.kind === 'todo' && isDone(row.todo.status);
