import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposables.ts';
import type { Logger } from '../../base/logger.ts';
import type { Event } from '../../domain/event/event.ts';
import type { Client } from '../../operations/client.ts';
import { createRpc, type Handlers, type Port, type Rpc } from '../../protocol/rpc.ts';
import type { ViewCalls } from '../../protocol/view.ts';
import { checked, type CheckedHandlers } from './checkedHandlers.ts';
import { viewHtml } from './viewHtml.ts';

/** What a panel needs of the extension; `EditorParts` has it. */
export interface PanelParts {
  readonly context: vscode.ExtensionContext;
  readonly client: Client;
  readonly logger: Logger;
}

export interface PanelSpec<HostCalls extends Handlers> {
  /** As the serializer is registered, such as `sloop.review`. */
  readonly viewType: string;
  /** Folder of webview-ui/ that it shows: its bundle's name. */
  readonly view: 'review' | 'loop' | 'agent';
  readonly title: string;
  /** What the webview may ask, each with the schema of its argument. */
  readonly handlers: CheckedHandlers<HostCalls>;
  /** Which committed changes the view is told of. */
  readonly concerns: (event: Event) => boolean;
  /** The tab that VS Code brought back after a reload, to be filled; a new one where there is none. */
  readonly revived?: vscode.WebviewPanel;
  readonly column?: vscode.ViewColumn;
}

/** An open tab with a view in it. Its parts end with it, whoever closes it. */
export interface OpenPanel<Calls extends ViewCalls = ViewCalls> {
  readonly panel: vscode.WebviewPanel;
  readonly onDidDispose: vscode.Event<void>;
  /** Says something to the view; lost while its page is hidden. */
  readonly tell: Rpc<Calls>['tell'];
}

/**
 * Opens a tab with a view, or fills a revived one: page with its policy, checked calls, changes forwarded. The view's
 * page is thrown away while its tab is hidden and made anew when it is shown: it keeps its state by `saveState`.
 */
export function openPanel<HostCalls extends Handlers, Calls extends ViewCalls = ViewCalls>(
  { context, client, logger }: PanelParts,
  spec: PanelSpec<HostCalls>,
): OpenPanel<Calls> {
  const { view, viewType, title } = spec;
  const root = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webviews');
  const panel =
    spec.revived ??
    vscode.window.createWebviewPanel(viewType, title, spec.column ?? vscode.ViewColumn.Active);
  const { webview } = panel;
  const log = logger.child(view);
  const owned = new DisposableStore();

  webview.options = { enableScripts: true, localResourceRoots: [root] };
  panel.title = title;
  // A tab's picture keeps its own colours, so there is one for each kind of theme.
  const picture = (kind: 'light' | 'dark') =>
    vscode.Uri.joinPath(context.extensionUri, 'media', `tab-${kind}.svg`);
  panel.iconPath = { light: picture('light'), dark: picture('dark') };
  const rpc = owned.add(
    createRpc<Calls>(portOf(webview), checked(spec.handlers), (name, error) =>
      log.log('error', `${name} failed`, { error }),
    ),
  );
  owned.add(
    client.onDidChange((events) => {
      const mine = events.filter(spec.concerns);
      // A hidden page is gone and reads everything afresh when it comes back.
      if (mine.length > 0 && panel.visible) rpc.tell('changed', mine as never);
    }),
  );
  owned.add(panel.onDidDispose(() => owned.dispose()));

  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
  webview.html = viewHtml({
    title,
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    script: address(`${view}.js`),
    style: address(`${view}.css`),
  });
  return {
    panel,
    onDidDispose: panel.onDidDispose,
    tell: (name, argument) => rpc.tell(name, argument),
  };
}

const portOf = (webview: vscode.Webview): Port => ({
  // Resolves to false when the page is gone; what was said then is read afresh by the next page.
  post: (message) => void webview.postMessage(message),
  onMessage: (listener) => webview.onDidReceiveMessage(listener),
});
