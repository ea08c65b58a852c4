import * as vscode from 'vscode';
import type { Client, OutputOf } from '../../operations/client.ts';
import { warnIfRefused } from '../warnIfRefused.ts';

type Line = OutputOf<'todo.list'>['items'][number];

interface TodoItem extends vscode.QuickPickItem {
  readonly todo?: string;
}

const mostListed = 200;

/** Asks for a todo that an agent could take: those that are ready first. Undefined when the person goes away. */
export async function pickTodo(client: Client): Promise<string | undefined> {
  const [ready, open] = await Promise.all([
    client.execute('todo.ready', { limit: mostListed }),
    client.execute('todo.list', { status: ['pending', 'in_progress'], limit: mostListed }),
  ]);
  if (!warnIfRefused(open) || !open.ok) return undefined;
  const first = ready.ok ? ready.value.items : [];
  const others = open.value.items.filter(({ id }) => !first.some((todo) => todo.id === id));
  if (first.length + others.length === 0) {
    void vscode.window.showInformationMessage('There is no todo that an agent could take now.');
    return undefined;
  }
  const more = open.value.more;
  const chosen = await vscode.window.showQuickPick<TodoItem>(
    [...group('Ready', first), ...group('Others', others)],
    {
      title: 'Run an Agent on a Todo',
      placeHolder: more === 0 ? 'Which todo?' : `Which todo? (${more} more are in the Projects view)`,
      matchOnDescription: true,
    },
  );
  return chosen?.todo;
}

const group = (label: string, todos: readonly Line[]): TodoItem[] =>
  todos.length === 0
    ? []
    : [
        { label, kind: vscode.QuickPickItemKind.Separator },
        ...todos.map(({ id, title, priority, assignee, status }) => ({
          label: title,
          description: [
            status === 'pending' ? null : status.replaceAll('_', ' '),
            priority === 'medium' ? null : priority,
            assignee,
          ]
            .filter((fact) => fact !== null)
            .join(', '),
          todo: id,
        })),
      ];
