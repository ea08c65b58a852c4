import * as vscode from 'vscode';
import type { Client } from '../../operations/client.ts';
import { warnIfRefused } from '../warnIfRefused.ts';
import type { Whose } from './whose.ts';

interface WhoseItem extends vscode.QuickPickItem {
  readonly whose?: Whose;
}

const mostListed = 200;

/** Asks whose changes are meant: an agent's, those of a todo that is worked on, a sprint's. */
export async function pickWhose(client: Client): Promise<Whose | undefined> {
  const [agents, todos, sprints] = await Promise.all([
    client.execute('agent.rows', { limit: mostListed }),
    client.execute('todo.list', { status: ['in_progress', 'completed'], limit: mostListed }),
    client.execute('sprint.list', { limit: mostListed }),
  ]);
  if (!warnIfRefused(agents) || !agents.ok) return undefined;
  const items = [
    ...group(
      'Agents',
      agents.value.items
        .filter(({ branch }) => branch !== null)
        .map(({ name, todoTitle }) => ({
          label: name,
          description: todoTitle ?? '',
          whose: { agent: name },
        })),
    ),
    // Without an active project there are no todos and sprints to choose from.
    ...group(
      'Todos',
      (todos.ok ? todos.value.items : []).map(({ id, title, assignee }) => ({
        label: title,
        description: assignee ?? '',
        whose: { todo: id },
      })),
    ),
    ...group(
      'Sprints',
      (sprints.ok ? sprints.value.items : []).map(({ id, number, title }) => ({
        label: `Sprint ${number}: ${title}`,
        whose: { sprint: id },
      })),
    ),
  ];
  if (items.length === 0) {
    void vscode.window.showInformationMessage('No agent, todo or sprint has changes of its own yet.');
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Show the Changes',
    placeHolder: 'Whose changes?',
    matchOnDescription: true,
  });
  return chosen?.whose;
}

const group = (label: string, items: readonly WhoseItem[]): readonly WhoseItem[] =>
  items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
