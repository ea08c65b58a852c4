import * as vscode from 'vscode';
import type { Client } from '../../operations/client.ts';
import { warnIfRefused } from '../warnIfRefused.ts';
import { dropTarget } from './dropTarget.ts';
import type { ModelTree } from './modelTree.ts';
import type { TreeNode } from './model/treeModel.ts';

const type = 'application/vnd.code.tree.sloop.projects';

/** Dragging reorders todos, puts them below another one, and moves them between sprints and the backlog. */
export const todoDragAndDrop = (
  client: Client,
  tree: () => ModelTree,
): vscode.TreeDragAndDropController<TreeNode> => ({
  dragMimeTypes: [type],
  dropMimeTypes: [type],
  handleDrag(nodes, data) {
    const todos = nodes.filter(({ noun }) => noun === 'todo');
    if (todos.length > 0) data.set(type, new vscode.DataTransferItem(todos));
  },
  async handleDrop(target, data) {
    const dragged = data.get(type)?.value as readonly TreeNode[] | undefined;
    if (target === undefined || dragged === undefined || dragged.length === 0) return;
    const { model } = tree();
    const siblings = await model.children(model.parentOf(target));
    const move = dropTarget(dragged, target, siblings);
    if (move === null) return;
    warnIfRefused(await client.execute('todo.move', { todos: dragged.map(({ id }) => id), ...move }));
  },
});
