import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposables.ts';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { whoseChanges } from '../trees/looks/mergeLook.ts';
import type { TreeNode } from '../trees/model/treeModel.ts';
import { ModelTree } from '../trees/modelTree.ts';
import { viewCommands } from '../trees/viewCommands.ts';
import { MergeSource } from './mergeSource.ts';
import { removeWorktrees } from './removeWorktrees.ts';

/** The merge queue as a view: what waits for the person first, and the worktrees that are left. */
export function registerMerges(parts: EditorParts): vscode.Disposable & { readonly tree: ModelTree } {
  const owned = new DisposableStore();
  const source = new MergeSource(parts.client, () => Date.now());
  const tree = owned.add(new ModelTree(parts, 'sloop.merges', { source, manyAtOnce: true }));
  const describe = async (): Promise<void> => {
    const rows = (await tree.getChildren()).map(({ entity }) => entity.row);
    const waiting = rows.flatMap((row) =>
      row.kind === 'mergeGroup' && row.group === 'waiting_approval' ? [`${row.count} to approve`] : [],
    );
    const conflicts = rows.flatMap((row) =>
      row.kind === 'mergeGroup' && row.group === 'conflict' ? [`${row.count} in conflict`] : [],
    );
    tree.view.description = [...waiting, ...conflicts].join(', ');
  };
  owned.add(tree.onDidDraw(() => void describe()));
  const on = (id: string, run: (node: TreeNode, others?: readonly TreeNode[]) => unknown) =>
    owned.add(vscode.commands.registerCommand(id, run));
  on(viewCommands.showMergeChanges, ({ entity: { row } }) => {
    const whose = row.kind === 'merge' ? whoseChanges(row.merge) : null;
    if (whose === null) return undefined;
    return vscode.commands.executeCommand(commandIds.showChanges, whose);
  });
  on(viewCommands.showConflictTodo, ({ entity: { row } }) =>
    row.kind === 'merge' && row.merge.conflictTodoId !== null
      ? vscode.commands.executeCommand(commandIds.reveal, 'todo', row.merge.conflictTodoId)
      : undefined,
  );
  on(viewCommands.openMergeAgent, ({ entity: { row } }) =>
    row.kind === 'merge' && row.merge.agentId !== null
      ? vscode.commands.executeCommand(commandIds.openAgent, row.merge.agentId)
      : undefined,
  );
  on(viewCommands.openFolder, ({ entity: { row } }) =>
    row.kind === 'worktree'
      ? vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(row.worktree.path), {
          forceNewWindow: true,
        })
      : undefined,
  );
  on(viewCommands.removeWorktree, (node, others = [node]) =>
    removeWorktrees(
      parts.client,
      (others.includes(node) ? others : [node]).flatMap(({ entity: { row } }) =>
        row.kind === 'worktree' ? [row.worktree] : [],
      ),
    ),
  );
  return Object.assign(owned, { tree });
}
