import * as vscode from 'vscode';
import { expectOk } from '../../base/result.ts';
import type { Client } from '../../operations/client.ts';

const scheme = 'sloop-prompt';

/** The first prompts of agents as read-only documents: `sloop-prompt:/<agent>.md`. */
export const registerPromptDocuments = (client: Client): vscode.Disposable =>
  vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const agent = uri.path.slice(1, -'.md'.length);
      const { prompt, name } = expectOk(await client.execute('agent.show', { agent, prompt: true }));
      return prompt ?? `The prompt of ${name} is not kept.\n`;
    },
  });

/** @param agent name or id */
export async function openPrompt(agent: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path: `/${agent}.md` }));
  await vscode.window.showTextDocument(document, { preview: true });
}
