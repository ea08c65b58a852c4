import path from 'node:path';
import * as vscode from 'vscode';
import type { EditorParts } from '../editorParts.ts';
import { mcpProviderId } from './contributions.ts';

/**
 * Gives VS Code's own agents the tools that Sloop gives to every assistant of the person: one server on stdio, which
 * finds the owner of this window's store by itself. No token stands in its environment; it reads the owner's file.
 */
export function offerTools({ context, place, connection }: EditorParts): vscode.Disposable {
  // Editors that know no MCP have no such function.
  if (
    typeof (vscode.lm as Partial<typeof vscode.lm> | undefined)?.registerMcpServerDefinitionProvider !==
    'function'
  )
    return new vscode.Disposable(() => undefined);
  const changed = new vscode.EventEmitter<void>();
  const { version } = context.extension.packageJSON as { version: string };
  const program = path.join(context.extensionPath, 'dist', 'sloop.cjs');
  const definition = () =>
    new vscode.McpStdioServerDefinition(
      'Sloop',
      process.execPath,
      [program, 'mcp'],
      // A window may have been opened from an agent's terminal: its server is the person's all the same.
      { ELECTRON_RUN_AS_NODE: '1', SLOOP_STORE: place.storeDir, SLOOP_TOKEN: null },
      version,
    );
  return vscode.Disposable.from(
    changed,
    vscode.lm.registerMcpServerDefinitionProvider(mcpProviderId, {
      onDidChangeMcpServerDefinitions: changed.event,
      // Tools change what agents do, so they wait for trust as agents do.
      provideMcpServerDefinitions: () => (vscode.workspace.isTrusted ? [definition()] : []),
      async resolveMcpServerDefinition(server) {
        await connection.open();
        return server;
      },
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
  );
}
