import { createRpc, type Handlers, type Port, type Rpc } from '../../src/protocol/rpc.ts';
import type { ViewClient } from '../../src/protocol/view.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as a webview reaches it. */
export interface ViewHost<HostCalls extends Handlers, State> {
  readonly rpc: Rpc<HostCalls>;
  /** What the view kept when it was hidden or the window was reloaded. */
  savedState(): Partial<State>;
  /** Kept by VS Code until the tab is closed; call it at every change worth keeping. */
  saveState(state: Partial<State>): void;
}

const windowPort: Port = {
  post: () => undefined,
  onMessage(listener) {
    const onMessage = (event: MessageEvent<unknown>) => listener(event.data);
    window.addEventListener('message', onMessage);
    return { dispose: () => window.removeEventListener('message', onMessage) };
  },
};

/** Connects the webview with its panel. To be called once: VS Code hands out its API a single time. */
export function connectHost<HostCalls extends Handlers, State>(mine: Handlers): ViewHost<HostCalls, State> {
  const api = acquireVsCodeApi();
  const rpc = createRpc<HostCalls>(
    { ...windowPort, post: (message) => api.postMessage(message) },
    mine,
    (name, error) => console.error(`${name} failed`, error),
  );
  return {
    rpc,
    savedState: () => api.getState() ?? {},
    saveState: (state) => api.setState(state),
  };
}

/** The operations that a view may call, typed by the operation table. */
export const clientOf = <Client>(rpc: {
  call(name: 'execute', call: { operation: never; input: unknown }): Promise<unknown>;
}): Client =>
  ({
    execute: (operation: string, input: unknown) =>
      rpc.call('execute', { operation: operation as never, input }),
  }) as Client & ViewClient<never>;
