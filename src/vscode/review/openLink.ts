import * as vscode from 'vscode';
import { openFile } from '../loop/openFile.ts';

/** Follows a link of an artifact: web addresses in the browser, paths as files of the workspace, nothing else. */
export async function openLink(workspace: string, url: string): Promise<void> {
  if (/^(https?|mailto):/i.test(url)) await vscode.env.openExternal(vscode.Uri.parse(url, true));
  else if (!/^[a-z][\w+.-]*:/i.test(url) && !url.startsWith('#'))
    await openFile(workspace, decodeURIComponent(url.replace(/[?#].*$/, '')), null);
}
