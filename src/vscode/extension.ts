import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { workMarkerFile } from '../host/workMarkerFile.ts';
import { commandIds } from './commandIds.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { createConnection, type Connection } from './connection/connection.ts';
import { followFolders } from './connection/followFolders.ts';
import { placeOf } from './connection/place.ts';
import { sayRestored } from './connection/sayRestored.ts';
import type { EditorParts } from './editorParts.ts';
import { channelLogger, wantedLevel } from './logger.ts';
import { editorSecrets } from './credentials/editorSecrets.ts';
import { registerCredentials } from './credentials/registerCredentials.ts';
import { registerAgentPanel } from './agent/registerAgentPanel.ts';
import { registerRunOnTodo } from './dispatch/registerRunOnTodo.ts';
import { registerDiffs } from './diffs/registerDiffs.ts';
import { registerLoopView } from './loop/registerLoopView.ts';
import { registerReview } from './review/registerReview.ts';
import { offerTools } from './mcp/offerTools.ts';
import { registerAgentSettings } from './settings/agentSettingsFile.ts';
import { createAgentTerminals } from './terminals/agentTerminals.ts';
import { offerCli } from './terminals/cliShims.ts';
import { registerTerminalCommands } from './terminals/terminalCommands.ts';
import { registerTrees, type Trees } from './trees/registerTrees.ts';
import { followSteps } from './walkthrough/followSteps.ts';

/** What tests inside the editor reach; nothing of it is meant for other extensions. */
export interface SloopApi {
  readonly parts: EditorParts;
  readonly trees: Trees;
  /** Milliseconds from the beginning of `activate` to its end. */
  readonly activationMs: number;
}

let open: Connection | undefined;

/** Registers everything and opens nothing: the host starts with the first view, command or work under way. */
export function activate(context: vscode.ExtensionContext): SloopApi {
  const began = performance.now();
  const log = vscode.window.createOutputChannel('Sloop', { log: true });
  const logger = channelLogger(log);
  const place = placeOf(context);
  const program = (file: string) => path.join(context.extensionPath, 'dist', file);
  const terminals = createAgentTerminals({
    client: () => connection.client,
    storeDir: place.storeDir,
    program: program('sloop.cjs'),
    hasFolder: place.hasFolder,
    logger: logger.child('terminals'),
  });
  const connection = createConnection({
    program: program('hostWorker.mjs'),
    data: {
      workspace: place.workspace,
      storeDir: place.storeDir,
      sloop: { command: process.execPath, args: [program('sloop.cjs')] },
      window: randomUUID(),
      version: (context.extension.packageJSON as { version: string }).version,
      logLevel: wantedLevel(log),
    },
    logger: logger.child('host'),
    run: (launch) => terminals.run(launch),
    secrets: editorSecrets(context.secrets),
    onRestored: sayRestored,
  });
  open = connection;
  const parts: EditorParts = {
    context,
    place,
    connection,
    client: connection.client,
    terminals,
    logger,
    log,
  };
  const trees = registerTrees(parts);
  context.subscriptions.push(
    log,
    trees,
    terminals,
    connection,
    vscode.commands.registerCommand(commandIds.showLog, () => log.show()),
    vscode.commands.registerCommand(commandIds.retryConnection, () => connection.retry()),
    registerTerminalCommands(parts),
    registerCommands(parts),
    registerReview(parts),
    registerLoopView(parts),
    registerAgentPanel(parts),
    registerDiffs(parts),
    registerRunOnTodo(parts),
    registerCredentials(parts),
    registerAgentSettings(),
    followFolders(parts),
    followSteps(parts),
    offerTools(parts),
  );
  offerCli(context, program('sloop.cjs'), logger);
  if (existsSync(workMarkerFile(place.storeDir))) goOnWhenTrusted(parts);
  return { parts, trees, activationMs: performance.now() - began };
}

/** Where the folder is not trusted, the agents that were to go on would only be refused. */
function goOnWhenTrusted(parts: EditorParts): void {
  if (vscode.workspace.isTrusted) void goOn(parts);
  else parts.context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(() => void goOn(parts)));
}

/** Work was under way when the last window closed: it is taken up without being asked. */
async function goOn({ connection, terminals }: EditorParts): Promise<void> {
  await connection.open();
  await terminals.adopt();
}

/** VS Code waits for this; a clean end gives the store up at once and leaves the agents at work. */
export async function deactivate(): Promise<void> {
  await open?.close();
}
