import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { HostControl } from '../../support/vscode/control.ts';
import { extensionFolder } from '../../support/vscode/extensionFolder.ts';
import { launchBrowser, type Browser } from '../../support/vscode/playwright.ts';
import { startVSCode, type VSCode } from '../../support/vscode/startVSCode.ts';
import { until } from '../../support/vscode/until.ts';

/** An editor on an empty repository, and a browser for its windows. */
export interface WindowWorld {
  readonly vscode: VSCode;
  readonly browser: Browser;
  /** For files of the test beside the repository. */
  readonly dir: string;
  close(): Promise<void>;
}

export async function openWindowWorld(): Promise<WindowWorld> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sloop-windows-'));
  const repository = path.join(dir, 'shop');
  execFileSync('git', ['init', '--quiet', repository]);
  const browser = await launchBrowser();
  const vscode = await startVSCode({ open: repository, extensions: [extensionFolder()] });
  return {
    vscode,
    browser,
    dir,
    async close() {
      await browser.close();
      await vscode.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Runs an operation through the extension of this window. */
export const execute = (host: HostControl, operation: string, input: object): Promise<unknown> =>
  host.evaluate(
    async ({ sloop }, call) => {
      const answer = await sloop.parts.client.executeNamed(call.operation, call.input);
      if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
      return answer.value;
    },
    { operation, input },
  );

export const connectionOf = (host: HostControl): Promise<string> =>
  host.evaluate(({ sloop }) => sloop.parts.connection.state.kind, null);

/** What the editor says of its terminals. */
export const terminalsOf = (host: HostControl): Promise<{ name: string; pid: number | undefined }[]> =>
  host.evaluate(
    ({ vscode }) =>
      Promise.all(
        vscode.window.terminals.map(async (terminal) => ({
          name: terminal.name,
          pid: await terminal.processId,
        })),
      ),
    null,
  );

interface ShownAgent {
  readonly name: string;
  readonly status: string;
  readonly pid: number | null;
  readonly sessionNumber: number;
  readonly result: string | null;
}

/** Starts an agent that says a word, waits for the file `go`, and reports that it is done. */
export async function startHolding(host: HostControl, { dir }: WindowWorld, go: string): Promise<string> {
  const script = path.join(dir, `${go}.yaml`);
  const hold = path.join(dir, go);
  writeFileSync(
    script,
    `steps: [{ say: here }, { hold: ${hold} }, { mcp: { operation: report, input: { status: done, summary: All done } } }]`,
  );
  const start = { role: 'coder', prompt: 'Play the script.', provider: 'script', script };
  const { name } = (await execute(host, 'agent.start', start)) as ShownAgent;
  await agentUntil(host, name, ({ status }) => status === 'running');
  return name;
}

/** Waits until the agent is as wanted. */
export const agentUntil = (
  host: HostControl,
  name: string,
  holds: (agent: ShownAgent) => boolean,
): Promise<ShownAgent> =>
  until(`${name}: ${holds.toString()}`, async () => {
    const agent = (await execute(host, 'agent.show', { agent: name })) as ShownAgent;
    return holds(agent) && agent;
  });
