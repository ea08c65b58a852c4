import * as vscode from 'vscode';
import type { Client } from '../../operations/client.ts';
import { commandIds } from '../commandIds.ts';
import type { TreeRow } from './model/entity.ts';
import { tooltipText } from './tooltips/tooltipText.ts';

const linked = [
  commandIds.openAgent,
  commandIds.reveal,
  commandIds.openArtifact,
  commandIds.openLoop,
  commandIds.showTerminal,
];

/** A row's tooltip, in Markdown with links to what it names. Null where the row says all there is. */
export async function tooltipOf(client: Client, row: TreeRow): Promise<vscode.MarkdownString | null> {
  const text = await tooltipText(client, row, Date.now());
  if (text === null) return null;
  const markdown = new vscode.MarkdownString(text, true);
  markdown.isTrusted = { enabledCommands: linked };
  return markdown;
}
