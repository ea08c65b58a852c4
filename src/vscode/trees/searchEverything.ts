import * as vscode from 'vscode';
import { refusalText } from '../../base/result.ts';
import type { Client } from '../../operations/client.ts';
import { commandIds } from '../commandIds.ts';
import { plain } from './looks/words.ts';

interface Found extends vscode.QuickPickItem {
  readonly noun?: 'todo' | 'artifact';
  readonly id?: string;
}

const typingPauseMs = 150;
const mostOfEach = 30;

/** Looks for todos and artifacts while the person types, and shows the chosen one in its tree. */
export function searchEverything(client: Client): void {
  const picker = vscode.window.createQuickPick<Found>();
  picker.title = 'Search Todos and Artifacts';
  picker.placeholder = 'Words in titles, descriptions and contents';
  picker.matchOnDescription = true;
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    const text = picker.value.trim();
    const mine = (asked += 1);
    picker.busy = text !== '';
    const items = text === '' ? [] : await find(client, text);
    // An answer that comes late must not take the place of a newer one.
    if (mine !== asked) return;
    picker.items = items;
    picker.busy = false;
  };
  picker.onDidChangeValue(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), typingPauseMs);
  });
  picker.onDidAccept(() => {
    const [chosen] = picker.activeItems;
    picker.hide();
    if (chosen?.id === undefined) return;
    if (chosen.noun === 'artifact') void vscode.commands.executeCommand(commandIds.openArtifact, chosen.id);
    void vscode.commands.executeCommand(commandIds.reveal, chosen.noun, chosen.id);
  });
  picker.onDidHide(() => {
    clearTimeout(timer);
    asked += 1;
    picker.dispose();
  });
  picker.show();
}

async function find(client: Client, text: string): Promise<Found[]> {
  const [todos, artifacts] = await Promise.all([
    client.execute('todo.search', { text, limit: mostOfEach }),
    client.execute('artifact.search', { text, limit: mostOfEach }),
  ]);
  if (!todos.ok) return [{ label: refusalText(todos.refusal), alwaysShow: true }];
  const group = (label: string, more: number): Found => ({
    label: more === 0 ? label : `${label}, the best ${mostOfEach}; ${more} more match`,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const found: Found[] = [];
  if (todos.value.items.length > 0) found.push(group('Todos', todos.value.more));
  for (const { id, title, status } of todos.value.items)
    found.push({ noun: 'todo', id, label: title, description: plain(status), alwaysShow: true });
  if (artifacts.ok && artifacts.value.items.length > 0) {
    found.push(group('Artifacts', artifacts.value.more));
    for (const { id, title, type, version, stage } of artifacts.value.items)
      found.push({
        noun: 'artifact',
        id,
        label: title,
        description: `${plain(type)} v${version}, ${stage === 'review' ? 'in review' : stage}`,
        alwaysShow: true,
      });
  }
  return found.length === 0 ? [{ label: `Nothing has “${text}” in it`, alwaysShow: true }] : found;
}
