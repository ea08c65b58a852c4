import * as vscode from 'vscode';
import type { OutputOf } from '../../operations/client.ts';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { warnIfRefused } from '../warnIfRefused.ts';
import { openProposalDiff } from './proposalDocuments.ts';

type Proposal = OutputOf<'proposal.show'>;

/** A change that an agent suggests: the person takes it, turns it down, or looks at it first. */
export async function decideProposal({ client }: EditorParts, id: string): Promise<void> {
  const found = await client.execute('proposal.show', { proposal: id });
  if (!warnIfRefused(found) || !found.ok) return;
  const proposal = found.value;
  const { title, target, targetId, drift, gone } = proposal;
  const isStale = drift.length > 0;
  const chosen = await vscode.window.showInformationMessage(
    title,
    { modal: true, detail: detailOf(proposal) },
    ...(gone ? [] : ['Show the Changes', isStale ? 'Accept All the Same' : 'Accept']),
    'Dismiss…',
    ...(targetId === null || gone ? [] : [`Open the ${target}`]),
  );
  const proposals = [proposal.id];
  switch (chosen) {
    case undefined:
      return;
    case 'Show the Changes':
      return openProposalDiff(proposal);
    case 'Accept':
    case 'Accept All the Same':
      warnIfRefused(await client.execute('proposal.accept', { proposals, force: isStale }));
      return;
    case 'Dismiss…': {
      const note = await vscode.window.showInputBox({
        title: `Dismiss "${title}"`,
        prompt: 'Why? The agent is told so. Leave it empty to say nothing.',
      });
      if (note === undefined) return;
      const said = note.trim() === '' ? {} : { note };
      warnIfRefused(await client.execute('proposal.dismiss', { proposals, ...said }));
      return;
    }
    default:
      return open(target, targetId);
  }
}

async function open(target: Proposal['target'], id: string | null): Promise<void> {
  if (target === 'artifact') await vscode.commands.executeCommand(commandIds.openArtifact, id);
  else await vscode.commands.executeCommand(commandIds.reveal, target, id);
}

function detailOf({ agentName, target, targetId, summary, drift, gone, after }: Proposal): string {
  const what = targetId === null ? `a new ${target}` : `a change of a ${target}`;
  return [
    `${agentName} suggests ${what}: ${Object.keys(after).join(', ')}.`,
    summary,
    gone ? `The ${target} is gone: there is nothing to change any more.` : '',
    drift.length === 0 ? '' : `Changed since it was made: ${drift.map(({ field }) => field).join(', ')}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
