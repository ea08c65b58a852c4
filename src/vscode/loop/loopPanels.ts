import * as vscode from 'vscode';
import { z } from 'zod';
import type { Event } from '../../domain/event/event.ts';
import { loopId } from '../../domain/ids.ts';
import { loopOperations, type LoopHostCalls, type ShownLoop } from '../../protocol/loop.ts';
import { commandIds } from '../commandIds.ts';
import type { EditorParts } from '../editorParts.ts';
import {
  executeHandler,
  noArgument,
  reportHandler,
  type CheckedHandlers,
} from '../webviews/checkedHandlers.ts';
import { openPanel, type OpenPanel } from '../webviews/openPanel.ts';
import { createPanelsByKey } from '../webviews/panelsByKey.ts';
import { loopViewType } from './loopViewType.ts';
import { openFile } from '../openFile.ts';
import { openPrompt } from './promptDocuments.ts';

/** The loop views that are open: one for each loop. */
export interface LoopPanels {
  /** Brings the loop's tab to the front, or opens it. */
  open(loop: string): void;
  /** Takes in a tab that VS Code brought back after a reload. */
  revive(panel: vscode.WebviewPanel, state: unknown): void;
}

/** What the view keeps, as far as the panel needs it; it comes from the webview and is not trusted. */
const savedState = z.object({ loop: loopId });

export function createLoopPanels(parts: EditorParts): LoopPanels {
  const panels = createPanelsByKey();
  return {
    open: (loop) => panels.show(loop, () => openLoopPanel(parts, loop)),
    revive(panel, state) {
      const saved = savedState.safeParse(state);
      // Nothing says which loop it showed: it was closed before its page had begun.
      if (!saved.success) panel.dispose();
      else panels.revive(saved.data.loop, () => openLoopPanel(parts, saved.data.loop, panel));
    },
  };
}

function openLoopPanel(parts: EditorParts, loop: string, revived?: vscode.WebviewPanel): OpenPanel {
  /** Every row of a loop belongs to its session, which is how its changes are known. */
  let session: string | null = null;
  const opened = openPanel<LoopHostCalls>(parts, {
    viewType: loopViewType,
    view: 'loop',
    title: revived?.title ?? 'Loop',
    handlers: handlersOf(parts, loop, (shown) => {
      session = shown.sessionId;
      opened.panel.title = tabTitle(shown.goal);
    }),
    concerns: (event: Event) => event.entityId === loop || (session !== null && event.sessionId === session),
    ...(revived === undefined ? {} : { revived }),
  });
  return opened;
}

const longestTitle = 40;

function tabTitle(goal: string): string {
  const [line = ''] = goal.trim().split('\n');
  return line.length <= longestTitle ? line : `${line.slice(0, longestTitle - 1).trimEnd()}…`;
}

const agent = z.strictObject({ agent: z.string().max(100) });
const shortText = z.string().max(4000);

/** @param onShown is told of the loop whenever the view has read it */
const handlersOf = (
  parts: EditorParts,
  loop: string,
  onShown: (loop: ShownLoop) => void,
): CheckedHandlers<LoopHostCalls> => ({
  ready: { argument: noArgument, run: () => Promise.resolve({ loop }) },
  execute: watched(executeHandler(parts.client, loopOperations), onShown),
  report: reportHandler(parts.logger.child('loop')),
  openArtifact: {
    argument: z.strictObject({
      artifact: z.string().max(100),
      version: z.number().int().positive().nullable(),
    }),
    run: ({ artifact, version }) => run(commandIds.openArtifact, artifact, version ?? undefined),
  },
  openAgent: { argument: agent, run: ({ agent: id }) => run(commandIds.openAgent, id) },
  openLog: {
    argument: agent,
    run: async ({ agent: id }) => run(commandIds.openAgentLog, await nameOf(parts, id)),
  },
  openPrompt: { argument: agent, run: async ({ agent: id }) => openPrompt(await nameOf(parts, id)) },
  showTerminal: { argument: agent, run: ({ agent: id }) => run(commandIds.showTerminal, id) },
  openFile: {
    argument: z.strictObject({ file: shortText, line: z.number().int().positive().nullable() }),
    run: ({ file, line }) => openFile(parts.place.workspace, file, line),
  },
  confirm: {
    argument: z.strictObject({ message: shortText, detail: shortText, action: z.string().max(100) }),
    async run({ message, detail, action }) {
      const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, action);
      return answer === action;
    },
  },
});

/** Documents are titled by it, so the agent's name rather than its id; the id where the agent was deleted. */
async function nameOf({ client }: EditorParts, agentId: string): Promise<string> {
  const shown = await client.execute('agent.show', { agent: agentId });
  return shown.ok ? shown.value.name : agentId;
}

type Execute = CheckedHandlers<LoopHostCalls>['execute'];

const watched = ({ argument, run: execute }: Execute, onShown: (loop: ShownLoop) => void): Execute => ({
  argument,
  async run(call) {
    const result = await execute(call);
    if (result.ok && call.operation === 'loop.show') onShown(result.value as ShownLoop);
    return result;
  },
});

async function run(command: string, ...argument: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(command, ...argument);
}
