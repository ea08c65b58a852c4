import type * as vscode from 'vscode';
import type { Logger } from '../base/logger.ts';
import type { Client } from '../operations/client.ts';
import type { Connection } from './connection/connection.ts';
import type { Place } from './connection/place.ts';
import type { AgentTerminals } from './terminals/agentTerminals.ts';

/** What every part of the extension gets. Parts reach each other through VS Code's commands (`commandIds.ts`). */
export interface EditorParts {
  readonly context: vscode.ExtensionContext;
  readonly place: Place;
  readonly connection: Connection;
  /** `connection.client`: opens the host at its first call. */
  readonly client: Client;
  readonly terminals: AgentTerminals;
  readonly logger: Logger;
  readonly log: vscode.LogOutputChannel;
}
