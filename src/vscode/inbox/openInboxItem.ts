import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import type { InboxItem } from '../trees/model/entity.ts';
import { warnIfRefused } from '../warnIfRefused.ts';
import { askAnswer } from './askAnswer.ts';
import { decideProposal } from './decideProposal.ts';

/** Does what an item waits for: answer, review, decide, look, read. */
export async function openInboxItem(parts: EditorParts, kind: InboxItem['kind'], id: string): Promise<void> {
  switch (kind) {
    case 'question':
      return askAnswer(parts, id);
    case 'review':
      return run(commandIds.openArtifact, id);
    case 'loop':
      return run(commandIds.openLoop, id);
    case 'agent':
      return run(commandIds.openAgent, id);
    case 'proposal':
      return decideProposal(parts, id);
    case 'merge':
      return run(commandIds.reveal, 'merge', id);
    case 'account':
      return run('sloop.accounts.focus');
    case 'todo':
      return decideTodo(parts, id);
    case 'gate':
      return doTodo(parts, id);
    case 'message':
      return readMessage(parts, id);
  }
}

const run = async (command: string, ...given: readonly unknown[]): Promise<void> => {
  await vscode.commands.executeCommand(command, ...given);
};

/** A todo that an agent suggested: the person lets it be worked on, or gives it up. */
async function decideTodo({ client }: EditorParts, id: string): Promise<void> {
  const found = await client.execute('todo.show', { todo: id });
  if (!warnIfRefused(found) || !found.ok) return;
  const { title, description, createdBy, acceptanceCriteria } = found.value;
  const detail = [
    `${createdBy} suggests this todo.`,
    description,
    ...acceptanceCriteria.map((criterion) => `• ${criterion}`),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
  const chosen = await vscode.window.showInformationMessage(
    title,
    { modal: true, detail },
    'Approve',
    'Cancel the Todo',
    'Show in Tree',
  );
  if (chosen === 'Approve') warnIfRefused(await client.execute('todo.approve', { todos: [id] }));
  if (chosen === 'Cancel the Todo') warnIfRefused(await client.execute('todo.cancel', { todos: [id] }));
  if (chosen === 'Show in Tree') await run(commandIds.reveal, 'todo', id);
}

/** A todo with a gate: a person does, verifies or decides it, and says so. */
async function doTodo({ client }: EditorParts, id: string): Promise<void> {
  const found = await client.execute('todo.show', { todo: id });
  if (!warnIfRefused(found) || !found.ok) return;
  const { title, description, gate, acceptanceCriteria } = found.value;
  const detail = [wordsOfGate[gate], description, ...acceptanceCriteria.map((criterion) => `• ${criterion}`)]
    .filter((part) => part !== '')
    .join('\n\n');
  const chosen = await vscode.window.showInformationMessage(
    title,
    { modal: true, detail },
    'Mark as Done',
    'Show in Tree',
  );
  if (chosen === 'Mark as Done') warnIfRefused(await client.execute('todo.complete', { todos: [id] }));
  if (chosen === 'Show in Tree') await run(commandIds.reveal, 'todo', id);
}

const wordsOfGate = {
  auto: '',
  'human-verify': 'You verify this yourself; what depends on it goes on when it is done.',
  decision: 'This is yours to decide; what depends on it goes on when it is done.',
  'human-action': 'This is yours to do; what depends on it goes on when it is done.',
} as const;

async function readMessage({ client }: EditorParts, id: string): Promise<void> {
  const found = await client.execute('message.show', { message: id });
  if (!warnIfRefused(found) || !found.ok) return;
  const { senderName, body, senderAgentId } = found.value;
  const chosen = await vscode.window.showInformationMessage(
    `${senderName} wrote`,
    { modal: true, detail: body },
    'Mark as Read',
    ...(senderAgentId === null ? [] : ['Open the Agent']),
  );
  if (chosen === 'Open the Agent') await run(commandIds.openAgent, senderAgentId);
  if (chosen === undefined) return;
  warnIfRefused(await client.execute('message.read', { messages: [id] }));
  await run('sloop.refresh');
}
