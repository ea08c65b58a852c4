import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import type { AgentPanels } from './agentPanels.ts';
import { warnIfRefused } from '../warnIfRefused.ts';
import { agentViewType } from './agentViewType.ts';
import { openWorktree, openWorktreeTerminal } from './openWorktree.ts';

const isId = /^[0-9a-z]{12}$/;

/** Registers the agent panel; what it is made of is loaded when the first one opens. */
export function registerAgentPanel(parts: EditorParts): vscode.Disposable {
  let loading: Promise<AgentPanels> | undefined;
  const panels = () =>
    (loading ??= import('./agentPanels.ts').then(({ createAgentPanels }) => createAgentPanels(parts)));
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.openAgent, async (agent: string) => {
      // A panel is known by the agent's id; people and links may name it. The log of a deleted one is known by id.
      const shown = await parts.client.execute('agent.show', { agent });
      if (!shown.ok && !isId.test(agent)) warnIfRefused(shown);
      else (await panels()).open(shown.ok ? shown.value.id : agent);
    }),
    vscode.commands.registerCommand(commandIds.openWorktree, (agent: string) =>
      openWorktree(parts.client, agent),
    ),
    vscode.commands.registerCommand(commandIds.openWorktreeTerminal, (agent: string) =>
      openWorktreeTerminal(parts.client, agent),
    ),
    vscode.window.registerWebviewPanelSerializer(agentViewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => (await panels()).revive(panel, state),
    }),
  );
}
