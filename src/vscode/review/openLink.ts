import * as vscode from 'vscode';
import { openFile } from '../openFile.ts';

/** Follows a link of an artifact: web addresses in the browser, paths as files of the workspace, nothing else. */
export async function openLink(workspace: string, url: string): Promise<void> {
  if (/^(https?|mailto):/i.test(url)) await vscode.env.openExternal(vscode.Uri.parse(url, true));
  else if (!/^[a-z][\w+.-]*:/i.test(url) && !url.startsWith('#'))
    await openFile(workspace, decoded(url.replace(/[?#].*$/, '')), null);
}

/** An agent's Markdown may hold a per cent sign that encodes nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
