import * as vscode from 'vscode';
import { z } from 'zod';
import { refuse, ok } from '../../base/result.ts';
import type { Event } from '../../domain/event/event.ts';
import { agentId } from '../../domain/ids.ts';
import { agentOperations, type AgentHostCalls, type ShownAgent } from '../../protocol/agent.ts';
import { commandIds } from '../commandIds.ts';
import { changesOfWork, openChanges, openFileChange } from '../diffs/showChanges.ts';
import type { EditorParts } from '../editorParts.ts';
import { openPrompt } from '../loop/promptDocuments.ts';
import { openLink } from '../review/openLink.ts';
import {
  executeHandler,
  noArgument,
  reportHandler,
  type CheckedHandlers,
} from '../webviews/checkedHandlers.ts';
import { openPanel, type OpenPanel } from '../webviews/openPanel.ts';
import { createPanelsByKey } from '../webviews/panelsByKey.ts';
import { agentViewType } from './agentViewType.ts';

/** The agent panels that are open: one for each agent. */
export interface AgentPanels {
  /** Brings the agent's tab to the front, or opens it. */
  open(agent: string): void;
  /** Takes in a tab that VS Code brought back after a reload. */
  revive(panel: vscode.WebviewPanel, state: unknown): void;
}

/** What the view keeps, as far as the panel needs it; it comes from the webview and is not trusted. */
const savedState = z.object({ agent: agentId });

export function createAgentPanels(parts: EditorParts): AgentPanels {
  const panels = createPanelsByKey();
  return {
    open: (agent) => panels.show(agent, () => openAgentPanel(parts, agent)),
    revive(panel, state) {
      const saved = savedState.safeParse(state);
      // Nothing says which agent it showed: it was closed before its page had begun.
      if (!saved.success) panel.dispose();
      else panels.revive(saved.data.agent, () => openAgentPanel(parts, saved.data.agent, panel));
    },
  };
}

function openAgentPanel(parts: EditorParts, agent: string, revived?: vscode.WebviewPanel): OpenPanel {
  let shown: ShownAgent | null = null;
  const opened = openPanel<AgentHostCalls>(parts, {
    viewType: agentViewType,
    view: 'agent',
    title: revived?.title ?? 'Agent',
    handlers: handlersOf(parts, agent, (read) => {
      shown = read;
      opened.panel.title = read.name;
    }),
    concerns: (event) => concerns(event, agent, shown),
    ...(revived === undefined ? {} : { revived }),
  });
  return opened;
}

const beside = ['message', 'worktree', 'merge', 'progress'] as const satisfies readonly Event['noun'][];

/** Rows beside the agent's own tell by their fields whose they are; a change of one tells only what changed. */
function concerns(event: Event, agent: string, shown: ShownAgent | null): boolean {
  const { noun, entityId, from, to, projectId, sessionId } = event;
  if (entityId === agent || (noun === 'todo' && entityId === shown?.todoId)) return true;
  if (!beside.some((one) => one === noun)) return false;
  const named = ['agentId', 'senderAgentId', 'recipientAgentId'].map((field) => to?.[field] ?? from?.[field]);
  if (named.includes(agent)) return true;
  const isUnnamed = named.every((value) => value === undefined);
  return isUnnamed && (projectId === null ? sessionId === shown?.sessionId : projectId === shown?.projectId);
}

/** @param onShown is told of the agent whenever the view has read it */
function handlersOf(
  parts: EditorParts,
  agent: string,
  onShown: (agent: ShownAgent) => void,
): CheckedHandlers<AgentHostCalls> {
  const { client, logger, place } = parts;
  const execute = executeHandler(client, agentOperations);
  return {
    ready: { argument: noArgument, run: () => Promise.resolve({ agent }) },
    execute: {
      argument: execute.argument,
      async run(call) {
        const result = await execute.run(call);
        if (result.ok && call.operation === 'agent.show') onShown(result.value as ShownAgent);
        return result;
      },
    },
    report: reportHandler(logger.child('agent')),
    changes: {
      argument: noArgument,
      async run() {
        try {
          const found = await changesOfWork(client, { agent });
          if (!found.ok) return found;
          return ok(
            found.value.map(({ range, changes }) => ({ repository: range.repository, files: changes.files })),
          );
        } catch (error) {
          logger.log('info', 'changes could not be read', { agent, error });
          const why = error instanceof Error ? error.message : String(error);
          return refuse('unavailable', `Git could not say what changed: ${why}`, 'See the log of Sloop.');
        }
      },
    },
    open: {
      argument: z.strictObject({
        place: z.enum([
          'terminal',
          'log',
          'prompt',
          'worktree',
          'worktreeTerminal',
          'merges',
          'accounts',
          'changes',
        ]),
      }),
      run: ({ place: where }) => openPlace(parts, agent, where),
    },
    openDiff: {
      argument: z.strictObject({ repository: z.string().max(4000), file: z.string().max(4000) }),
      run: ({ repository, file }) => openFileChange(client, { agent }, repository, file),
    },
    reveal: {
      argument: z.strictObject({
        noun: z.enum(['todo', 'sprint', 'project', 'loop']),
        id: z.string().max(100),
      }),
      run: ({ noun, id }) =>
        noun === 'loop' ? run(commandIds.openLoop, id) : run(commandIds.reveal, noun, id),
    },
    openLink: {
      argument: z.strictObject({ url: z.string().max(4000) }),
      run: ({ url }) => openLink(place.workspace, url),
    },
    confirm: {
      argument: z.strictObject({
        message: z.string().max(4000),
        detail: z.string().max(4000),
        action: z.string().max(100),
      }),
      async run({ message, detail, action }) {
        const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, action);
        return answer === action;
      },
    },
    seen: { argument: noArgument, run: () => run(commandIds.agentSeen, agent) },
  };
}

async function openPlace(
  { client }: EditorParts,
  agent: string,
  where: Parameters<AgentHostCalls['open']>[0]['place'],
): Promise<void> {
  switch (where) {
    case 'terminal':
      return run(commandIds.showTerminal, agent);
    case 'log':
      return run(commandIds.openAgentLog, await nameOf(client, agent));
    case 'prompt':
      return openPrompt(await nameOf(client, agent));
    case 'worktree':
      return run(commandIds.openWorktree, agent);
    case 'worktreeTerminal':
      return run(commandIds.openWorktreeTerminal, agent);
    case 'merges':
      return run('sloop.merges.focus');
    case 'accounts':
      return run('sloop.accounts.focus');
    case 'changes':
      return openChanges(client, { agent });
  }
}

/** Documents are titled by it, so the agent's name rather than its id; the id where the agent was deleted. */
async function nameOf(client: EditorParts['client'], agent: string): Promise<string> {
  const shown = await client.execute('agent.show', { agent });
  return shown.ok ? shown.value.name : agent;
}

async function run(command: string, ...argument: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(command, ...argument);
}
