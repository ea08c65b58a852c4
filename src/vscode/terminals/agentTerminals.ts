import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposables.ts';
import type { Logger } from '../../base/logger.ts';
import type { ReadyLaunch } from '../../operations/agent/supervision.ts';
import type { Client } from '../../operations/client.ts';
import type { TerminalEnd } from '../../protocol/hostWorker.ts';
import { lookOf } from './terminalLook.ts';

export interface AgentTerminalsParts {
  readonly client: () => Client;
  readonly storeDir: string;
  /** The CLI's bundle, which runs on the editor's own Node. */
  readonly program: string;
  readonly hasFolder: boolean;
  readonly logger: Logger;
}

/** The agents that run in this window's terminals. */
export interface AgentTerminals extends Disposable {
  /** Starts `sloop run NAME` as a terminal's own process; resolves when that has ended. */
  run(launch: ReadyLaunch): Promise<TerminalEnd>;
  /** Shows the terminal of an agent by its name; false where it has none here. */
  show(agent: string): Promise<boolean>;
  /** Finds the terminals again that VS Code kept over a reload of the window. */
  adopt(): Promise<void>;
}

interface Running {
  readonly terminal: vscode.Terminal;
  readonly loop: string | null;
}

/** Runs agents in integrated terminals: no shell in between, so nothing is quoted and exit codes are exact. */
export function createAgentTerminals(parts: AgentTerminalsParts): AgentTerminals {
  const { logger } = parts;
  const owned = new DisposableStore();
  /** By agent name, which is unique in a workspace. */
  const running = new Map<string, Running>();
  const waiting = new Map<vscode.Terminal, (end: TerminalEnd) => void>();

  function run(launch: ReadyLaunch): Promise<TerminalEnd> {
    if (!vscode.workspace.isTrusted)
      return Promise.reject(
        new Error(
          'Agents start only in a workspace that you trust: run "Workspaces: Manage Workspace Trust".',
        ),
      );
    if (!parts.hasFolder)
      return Promise.reject(new Error('Agents need a folder to work in: open one and start them there.'));
    const terminal = vscode.window.createTerminal({
      name: launch.name,
      ...lookOf(launch.role),
      shellPath: process.execPath,
      shellArgs: [parts.program, 'run', launch.name],
      cwd: launch.workingFolder,
      // Under Electron the editor's own program is Node only when told so. No token stands here: `sloop run`
      // reads the owner's file.
      env: { ELECTRON_RUN_AS_NODE: '1', SLOOP_STORE: parts.storeDir },
      location: groupOf(launch.loop),
    });
    running.set(launch.name, { terminal, loop: launch.loop });
    // A person in front of an interactive agent types into it; others are watched when wanted.
    if (launch.form === 'interactive') terminal.show();
    return new Promise((resolve) => waiting.set(terminal, resolve));
  }

  /** Agents of one loop stand side by side; the first of them opens a group. */
  function groupOf(loop: string | null): vscode.TerminalLocation | vscode.TerminalSplitLocationOptions {
    const sibling = loop === null ? undefined : [...running.values()].find((one) => one.loop === loop);
    return sibling === undefined ? vscode.TerminalLocation.Panel : { parentTerminal: sibling.terminal };
  }

  function closed(terminal: vscode.Terminal): void {
    const name = [...running].find(([, one]) => one.terminal === terminal)?.[0];
    const { code = null, reason } = terminal.exitStatus ?? {};
    if (name !== undefined) running.delete(name);
    if (name !== undefined && reason === vscode.TerminalExitReason.User) void stopped(name);
    waiting.get(terminal)?.({ exitCode: code ?? null });
    waiting.delete(terminal);
  }

  /** Closing its terminal is how a person stops an agent, so it counts as that and not as a crash. */
  async function stopped(name: string): Promise<void> {
    const result = await parts.client().execute('agent.stop', { agents: [name] });
    if (result.ok) {
      void vscode.window.showInformationMessage(`${name} was stopped, because its terminal was closed.`);
      return;
    }
    // It had ended by itself already.
    logger.log('debug', 'nothing to stop', { agent: name, why: result.refusal.message });
  }

  async function adopt(): Promise<void> {
    const kept = vscode.window.terminals.filter(
      (terminal) => ![...running.values()].some((one) => one.terminal === terminal),
    );
    if (kept.length === 0) return;
    const live = await parts.client().execute('agent.list', { live: true, limit: 200 });
    if (!live.ok) return;
    for (const { name, loopId } of live.value.items) {
      const shown = await parts.client().execute('agent.show', { agent: name });
      if (!shown.ok || shown.value.pid === null) continue;
      for (const terminal of kept)
        if ((await terminal.processId) === shown.value.pid) running.set(name, { terminal, loop: loopId });
    }
  }

  owned.add(vscode.window.onDidCloseTerminal(closed));
  return {
    run,
    adopt,
    async show(agent) {
      if (!running.has(agent)) await adopt();
      const found = running.get(agent);
      found?.terminal.show();
      return found !== undefined;
    },
    dispose: () => owned.dispose(),
  };
}
