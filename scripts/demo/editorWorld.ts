import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { extensionFolder } from '../../test/support/vscode/extensionFolder.ts';
import { startVSCode, type VSCode } from '../../test/support/vscode/startVSCode.ts';
import { createDemoRepository, gitIdentity } from './demoRepository.ts';

export const demoGoal =
  'parseDuration reads minutes, hours and units together, such as 1h30m; all tests pass.';

/** An editor with Sloop on the demo repository, with one click to start its loop. */
export interface EditorWorld {
  readonly vscode: VSCode;
  readonly repository: string;
  close(): Promise<void>;
}

/** @param settings of the editor, beside the demo's own */
export async function openEditorWorld(
  settings: Readonly<Record<string, unknown>> = {},
): Promise<EditorWorld> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-demo-'));
  const repository = path.join(folder, 'durations');
  await createDemoRepository(repository);
  await letPlansWait(repository);
  const script = path.join(folder, 'agents.yaml');
  writeFileSync(script, unhurried(readFileSync(path.join(import.meta.dirname, 'harness.yaml'), 'utf8')));
  const vscode = await startVSCode({
    open: repository,
    extensions: [extensionFolder(), path.join(import.meta.dirname, 'extension')],
    settings,
    env: { ...gitIdentity, SLOOP_DEMO_GOAL: demoGoal, SLOOP_DEMO_SCRIPT: script },
  });
  return {
    vscode,
    repository,
    async close() {
      await vscode.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The workspace's own definition takes the place of the shipped one: a person decides about each plan. */
async function letPlansWait(repository: string): Promise<void> {
  const loops = path.join(repository, '.sloop', 'loops');
  mkdirSync(loops, { recursive: true });
  cpSync(path.join(import.meta.dirname, 'reviewedHarness.md'), path.join(loops, 'harness.md'));
  const git = (...words: string[]) => execa('git', words, { cwd: repository, env: gitIdentity });
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'Plans wait for a person');
}

/** Agents that somebody watches take their time. */
const unhurried = (script: string): string =>
  script
    .replaceAll('- think: 300', '- think: 2000')
    .replaceAll('- mcp: { operation: context }', '- think: 2000\n      - mcp: { operation: context }');
