import path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposables.ts';
import { dataFolder } from '../../gateway/client/dataFolder.ts';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { count } from '../trees/looks/words.ts';
import type { InboxItem } from '../trees/model/entity.ts';
import type { TreeNode } from '../trees/model/treeModel.ts';
import { ModelTree } from '../trees/modelTree.ts';
import { InboxSource } from '../trees/sources/inboxSource.ts';
import { viewCommands } from '../trees/viewCommands.ts';
import { warnIfRefused } from '../warnIfRefused.ts';
import { askAnswer } from './askAnswer.ts';
import { openInboxItem } from './openInboxItem.ts';
import { registerProposalDocuments } from './proposalDocuments.ts';
import { createNoticeClaims } from './noticeClaims.ts';
import { Notices } from './notices.ts';
import { waitingOf, type Waiting } from './waiting.ts';

const asideKey = 'sloop.inbox.aside';

export interface Inbox extends vscode.Disposable {
  readonly tree: ModelTree;
  /** What waits for the person, as far as it is known: nothing before the host was first opened. */
  readonly waiting: () => Waiting;
  readonly onDidChangeWaiting: vscode.Event<void>;
}

/** The inbox: a tree, a number on the container, and a notification for each new question. */
export function registerInbox(parts: EditorParts): Inbox {
  const { client, context, connection } = parts;
  const owned = new DisposableStore();
  const changed = owned.add(new vscode.EventEmitter<void>());
  const aside = (): readonly string[] => context.workspaceState.get(asideKey, []);
  const isAside = ({ kind, id, since }: InboxItem) => aside().includes(`${kind}:${id}:${since}`);
  const tree = owned.add(new ModelTree(parts, 'sloop.inbox', { source: new InboxSource(client, isAside) }));
  owned.add(registerProposalDocuments(client));
  const notices = owned.add(new Notices(parts, createNoticeClaims(path.join(dataFolder(), 'notices'))));
  let waiting: Waiting = { items: [], count: 0 };

  /** Loads the list even while nobody looks at the view: the badge needs it. */
  async function follow(): Promise<void> {
    const rows = await tree.getChildren();
    waiting = waitingOf(rows);
    tree.view.badge =
      waiting.count === 0
        ? undefined
        : {
            value: waiting.count,
            tooltip: `${waiting.count === 1 ? '1 waits' : `${waiting.count} wait`} for you`,
          };
    tree.view.description =
      waiting.count === 0 ? '' : `${waiting.count === 1 ? '1 waits' : `${waiting.count} wait`} for you`;
    const hosted = connection.state.kind === 'owner' || connection.state.kind === 'client';
    if (hosted) notices.see(waiting.items);
    changed.fire();
  }

  const log = (error: unknown) => parts.logger.log('error', 'the inbox could not follow', { error });
  owned.add(tree.onDidDraw(() => void follow().catch(log)));

  const on = (id: string, run: (...given: never[]) => unknown) =>
    owned.add(vscode.commands.registerCommand(id, run));
  on(commandIds.answerQuestion, (given?: string | { readonly id: string }) =>
    askAnswer(parts, typeof given === 'object' ? given.id : given),
  );
  on(viewCommands.answer, ({ id, entity }: TreeNode) =>
    askAnswer(parts, entity.row.kind === 'agent' ? (entity.row.agent.asks ?? undefined) : id),
  );
  on(commandIds.openInboxItem, (kind: InboxItem['kind'], id: string) => openInboxItem(parts, kind, id));
  on(viewCommands.markNotesRead, async () => {
    const notes = await client.execute('message.inbox', { kind: ['message'], limit: 500 });
    if (!warnIfRefused(notes) || !notes.ok) return;
    const ids = notes.value.items.map(({ id }) => id);
    if (ids.length > 0) warnIfRefused(await client.execute('message.read', { messages: ids }));
    // Marks of reading are no change of the messages, so nothing tells of them.
    tree.reset();
    vscode.window.setStatusBarMessage(`${count(ids.length, 'note')} marked as read`, 3000);
  });
  on(viewCommands.putAside, async ({ entity: { row } }: TreeNode) => {
    if (row.kind !== 'inbox') return;
    const { kind, id, since } = row.item;
    await context.workspaceState.update(asideKey, [...aside(), `${kind}:${id}:${since}`]);
    tree.reset();
  });
  return Object.assign(owned, { tree, waiting: () => waiting, onDidChangeWaiting: changed.event });
}
