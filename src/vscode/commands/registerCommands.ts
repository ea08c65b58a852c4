import * as vscode from 'vscode';
import type { EditorParts } from '../editorParts.ts';
import { readSettings } from '../settings/readSettings.ts';
import { byHand, byHandOf, type ByHandId } from './byHand.ts';
import { createEditorDesk } from './editorDesk.ts';
import { mayStartAgents } from './mayStartAgents.ts';

/** Makes a command of each operation that a person runs by hand. What asks for their input is loaded by the first. */
export function registerCommands(parts: EditorParts): vscode.Disposable {
  const desk = createEditorDesk(parts);

  async function run(id: ByHandId, args: readonly unknown[]): Promise<void> {
    const hand = byHandOf(id);
    if ('startsAgents' in hand && !(await mayStartAgents(parts.place))) return;
    const { runByHand } = await import('./operationByHand.ts');
    await runByHand(desk, id, args, presetOf(id));
  }

  const ids = Object.keys(byHand) as ByHandId[];
  return vscode.Disposable.from(
    desk,
    ...ids.map((id) => vscode.commands.registerCommand(`sloop.${id}`, (...args: unknown[]) => run(id, args))),
  );
}

/** What the person's settings say beforehand. */
function presetOf(id: ByHandId): Readonly<Record<string, unknown>> {
  const { provider, form } = readSettings();
  const named = provider === '' ? {} : { provider };
  switch (id) {
    case 'agent.start':
      return { ...named, form };
    case 'loop.start':
      return named;
    default:
      return {};
  }
}
