import * as vscode from 'vscode';
import type { Look } from './looks/look.ts';
import { lookOf } from './looks/lookOf.ts';
import type { TreeNode } from './model/treeModel.ts';
import { markUri } from './rowMarks.ts';

const states = {
  none: vscode.TreeItemCollapsibleState.None,
  folded: vscode.TreeItemCollapsibleState.Collapsed,
  open: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** As the person left it, else as its kind begins. */
function stateOf({ entity: { children } }: TreeNode, opened: boolean | undefined): keyof typeof states {
  if (children === 'none' || opened === undefined) return children;
  return opened ? 'open' : 'folded';
}

/** VS Code's own form of a row. Its tooltip comes later, when somebody asks (`resolveTreeItem`). */
export function treeItem(node: TreeNode, opened: boolean | undefined, now: number): vscode.TreeItem {
  const look = lookOf(node.entity.row, now);
  const item = new vscode.TreeItem(look.label, states[stateOf(node, opened)]);
  item.id = node.key;
  item.description = look.description;
  item.contextValue = look.context;
  item.accessibilityInformation = { label: look.spoken };
  if (look.icon !== null) item.iconPath = themeIcon(look.icon);
  if (look.mark !== undefined) item.resourceUri = markUri(look.mark, node.id);
  if (look.tick !== undefined) item.checkboxState = checkbox(look, look.tick);
  if (node.entity.row.kind === 'more')
    item.command = { command: 'sloop.view.loadMore', title: look.label, arguments: [node] };
  else if (look.click !== undefined) item.command = { ...look.click, arguments: [...look.click.arguments] };
  return item;
}

const themeIcon = ({ name, color }: NonNullable<Look['icon']>): vscode.ThemeIcon =>
  new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));

const checkbox = ({ label }: Look, tick: 'open' | 'done'): NonNullable<vscode.TreeItem['checkboxState']> => ({
  state: tick === 'done' ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
  tooltip: tick === 'done' ? 'Reopen' : 'Complete',
  accessibilityInformation: { label: `${tick === 'done' ? 'reopen' : 'complete'} ${label}` },
});
