import * as vscode from 'vscode';
import type { Client } from '../../operations/client.ts';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import { stepDoneBy, stepKeys, type WalkthroughStep } from './steps.ts';

/**
 * Ticks off the walkthrough's steps as they are done; VS Code itself remembers those that were completed.
 *
 * VS Code comes to know a walkthrough when its tab first opens, and takes a key that is true by then for an old event
 * that completes nothing any more. So keys are told once there is such a tab.
 */
export function followSteps({ client }: EditorParts): vscode.Disposable {
  const done = new Set<WalkthroughStep>();
  let isKnown = false;
  const tell = (step: WalkthroughStep) => vscode.commands.executeCommand('setContext', stepKeys[step], true);

  async function opened(): Promise<void> {
    for (const step of await stepsDone(client)) done.add(step);
    isKnown = true;
    for (const step of done) await tell(step);
  }

  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.openWalkthrough, async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'sloop.sloop#begin', false);
      await opened();
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ opened: tabs }) => {
      if (tabs.some(isWalkthrough)) void opened();
    }),
    client.onDidChange((events) => {
      for (const step of events.map(stepDoneBy)) {
        if (step === undefined || done.has(step)) continue;
        done.add(step);
        if (isKnown) void tell(step);
      }
    }),
  );
}

/** VS Code names no kind for this tab. Opened by hand in another language, its steps are ticked by Sloop's command. */
const isWalkthrough = ({ input, label }: vscode.Tab): boolean =>
  input === undefined && /welcome|walkthrough/i.test(label);

/** What was done before this window could see it, as far as rows tell. */
async function stepsDone(client: Client): Promise<readonly WalkthroughStep[]> {
  const first = { limit: 1 } as const;
  const [projects, todos, loops] = await Promise.all([
    client.execute('project.list', { all: true, ...first }),
    client.execute('todo.filter', first),
    client.execute('loop.list', first),
  ]);
  const found = { project: projects, todo: todos, loop: loops };
  return (['project', 'todo', 'loop'] as const).filter((step) => {
    const list = found[step];
    return list.ok && list.value.items.length > 0;
  });
}
