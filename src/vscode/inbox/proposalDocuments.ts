import * as vscode from 'vscode';
import { expectOk } from '../../base/result.ts';
import type { Client, OutputOf } from '../../operations/client.ts';

const scheme = 'sloop-proposal';

type Proposal = OutputOf<'proposal.show'>;

/** Both sides of a proposal as read-only documents: `sloop-proposal:/<id>/now.md` and `…/proposed.md`. */
export const registerProposalDocuments = (client: Client): vscode.Disposable =>
  vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent({ path }) {
      const [, id = '', side = ''] = path.split('/');
      const proposal = expectOk(await client.execute('proposal.show', { proposal: id }));
      return textOf((side === 'now.md' ? proposal.before : proposal.after) ?? {});
    },
  });

/** What a proposal would change, in the editor's own diff. */
export async function openProposalDiff({ id, title }: Pick<Proposal, 'id' | 'title'>): Promise<void> {
  const side = (name: string) => vscode.Uri.from({ scheme, path: `/${id}/${name}.md` });
  await vscode.commands.executeCommand(
    'vscode.diff',
    side('now'),
    side('proposed'),
    `${title} (now ↔ proposed)`,
  );
}

/** Each field under its name, texts as they are. */
const textOf = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `## ${name}\n\n${plain(value)}\n`)
    .join('\n');

const plain = (value: unknown): string =>
  value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2);
