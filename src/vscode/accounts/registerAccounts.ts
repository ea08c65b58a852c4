import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposables.ts';
import type { EditorParts } from '../editorParts.ts';
import type { TreeNode } from '../trees/model/treeModel.ts';
import { ModelTree } from '../trees/modelTree.ts';
import { viewCommands } from '../trees/viewCommands.ts';
import { warnIfRefused } from '../warnIfRefused.ts';
import { AccountSource } from './accountSource.ts';
import { newOrder } from './newOrder.ts';

/** The accounts of providers as a view: which can be used, which gave out, and in which order they take turns. */
export function registerAccounts(parts: EditorParts): vscode.Disposable & { readonly tree: ModelTree } {
  const { client } = parts;
  const owned = new DisposableStore();
  const tree = owned.add(new ModelTree(parts, 'sloop.accounts', { source: new AccountSource(client) }));

  async function move({ entity: { row } }: TreeNode, by: -1 | 1): Promise<void> {
    if (row.kind !== 'account') return;
    const listed = await client.execute('account.list', { provider: row.account.provider, limit: 500 });
    if (!warnIfRefused(listed) || !listed.ok) return;
    for (const { id, order } of newOrder(listed.value.items, row.account.id, by))
      if (!warnIfRefused(await client.execute('account.update', { account: id, order }))) return;
  }

  owned.add(vscode.commands.registerCommand(viewCommands.moveAccountUp, (node: TreeNode) => move(node, -1)));
  owned.add(vscode.commands.registerCommand(viewCommands.moveAccountDown, (node: TreeNode) => move(node, 1)));
  return Object.assign(owned, { tree });
}
