import * as vscode from 'vscode';

/**
 * Makes the editor write down which terminals it has, once this one's process is there. For a terminal that nobody
 * looks at it does so too early, before it knows the process, and the terminal would be missing after the window is
 * reloaded. Any change of its list makes it write again: a hidden terminal without a process comes and goes.
 */
export async function rememberOverReload(terminal: vscode.Terminal): Promise<void> {
  await terminal.processId;
  const noOutput = new vscode.EventEmitter<string>();
  const pty: vscode.Pseudoterminal = { onDidWrite: noOutput.event, open: nothing, close: nothing };
  vscode.window.createTerminal({ name: 'Sloop', hideFromUser: true, pty }).dispose();
  noOutput.dispose();
}

const nothing = (): void => undefined;
