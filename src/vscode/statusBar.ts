import * as vscode from 'vscode';
import { DisposableStore } from '../base/disposables.ts';
import type { Event } from '../domain/event/event.ts';
import { commandIds } from './commandIds.ts';
import type { EditorParts } from './editorParts.ts';
import type { Inbox } from './inbox/registerInbox.ts';
import { statusText, type StatusFacts } from './statusText.ts';
import { agentLook } from './trees/looks/agentLook.ts';
import { inboxLook, waitingKinds, wants } from './trees/looks/inboxLook.ts';
import { loopLook } from './trees/looks/loopLooks.ts';
import type { Look } from './trees/looks/look.ts';
import { coalesced } from './trees/model/coalesced.ts';
import type { AgentRow, LoopRow } from './trees/model/entity.ts';

const command = 'sloop.showStatus';
const gatherMs = 200;

/** One item: the active project, how many agents run, how many things wait. A click lists them. */
export function registerStatusBar(parts: EditorParts, inbox: Inbox): vscode.Disposable {
  const { client, connection, logger } = parts;
  const owned = new DisposableStore();
  const item = owned.add(
    vscode.window.createStatusBarItem('sloop.status', vscode.StatusBarAlignment.Left, 40),
  );
  item.name = 'Sloop';
  item.command = command;
  let facts: Omit<StatusFacts, 'waiting'> = { project: null, running: 0, limit: null };

  function show(): void {
    const { text, spoken, tooltip } = statusText({ ...facts, waiting: inbox.waiting().count });
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: spoken };
    item.show();
  }

  /** Never opens the host: a window in which nobody uses Sloop stays without it. */
  async function look(): Promise<void> {
    if (connection.state.kind !== 'owner' && connection.state.kind !== 'client') return;
    const [active, dispatch] = await Promise.all([
      client.execute('project.show', {}),
      client.execute('dispatch.status', {}),
    ]);
    if (dispatch.ok)
      facts = {
        // Refused while no project is active.
        project: active.ok ? active.value.title : null,
        running: dispatch.value.agents,
        limit: dispatch.value.projects.length > 0 ? dispatch.value.limit : null,
      };
    show();
  }

  const changes = owned.add(
    coalesced<string>(
      gatherMs,
      async () => look(),
      (error) => logger.log('error', 'the status bar could not follow', { error }),
    ),
  );
  owned.add(
    client.onDidChange((events) => {
      if (events.some(isOfInterest)) changes.push(['changed']);
    }),
  );
  owned.add(connection.onDidChangeState(() => changes.push(['connected'])));
  owned.add(inbox.onDidChangeWaiting(show));
  owned.add(vscode.commands.registerCommand(command, () => choose(parts)));
  show();
  return owned;
}

/** Agents tell ten times a second that they live; here only that they begin and end counts. */
const isOfInterest = ({ noun, action, to }: Event): boolean =>
  noun === 'session' ||
  noun === 'project' ||
  (noun === 'agent' && (action !== 'updated' || to?.['status'] !== undefined));

interface Choice extends vscode.QuickPickItem {
  readonly click?: Look['click'];
}

/** What waits for the person, and what runs; choosing one opens it. */
async function choose({ client }: EditorParts): Promise<void> {
  const choices = async (): Promise<Choice[]> => {
    const [waiting, agents, loops] = await Promise.all([
      client.execute('message.inbox', { kind: [...waitingKinds], limit: 200 }),
      client.execute('agent.rows', { limit: 200 }),
      client.execute('loop.rows', { limit: 200 }),
    ]);
    if (!waiting.ok) return [{ label: waiting.refusal.message, detail: waiting.refusal.next, ...retry }];
    const now = Date.now();
    return [
      ...group(
        'Waits for you',
        waiting.value.items.map((one) => inboxLook(one, wants[one.kind], now)),
      ),
      ...group('Running', [
        ...(loops.ok ? loops.value.items.filter(runs).map((loop) => loopLook(loop)) : []),
        ...(agents.ok ? agents.value.items.filter(isLive).map((agent) => agentLook(agent, false, now)) : []),
      ]),
    ];
  };
  const shown = choices().then((all): Choice[] => (all.length > 0 ? all : [...nothing]));
  const chosen = await vscode.window.showQuickPick(shown, {
    title: 'Sloop',
    placeHolder: 'What waits for you, and what runs',
    matchOnDescription: true,
  });
  if (chosen?.click !== undefined)
    await vscode.commands.executeCommand(chosen.click.command, ...chosen.click.arguments);
}

const retry = { click: { command: commandIds.retryConnection, title: 'Try Again', arguments: [] } };

const nothing: readonly Choice[] = [
  { label: '$(play) Start a loop', click: { command: 'sloop.loop.start', title: 'Start', arguments: [] } },
  {
    label: '$(robot) Start an agent',
    click: { command: 'sloop.agent.start', title: 'Start', arguments: [] },
  },
  {
    label: '$(list-tree) Show the views',
    click: { command: 'sloop.projects.focus', title: 'Show', arguments: [] },
  },
];

const runs = ({ status }: LoopRow): boolean => status === 'running';
const isLive = ({ status }: AgentRow): boolean => status === 'running' || status === 'starting';

const group = (label: string, looks: readonly Look[]): Choice[] =>
  looks.length === 0
    ? []
    : [
        { label, kind: vscode.QuickPickItemKind.Separator },
        ...looks.map((look): Choice => ({
          label: look.icon === null ? look.label : `$(${look.icon.name}) ${look.label}`,
          description: look.description,
          ...(look.click === undefined ? {} : { click: look.click }),
        })),
      ];
