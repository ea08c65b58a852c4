import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createDemoRepository, gitIdentity } from '../../../scripts/demo/demoRepository.ts';
import { extensionFile } from '../../support/vscode/extensionFolder.ts';
import { launchBrowser, type Browser, type Page } from '../../support/vscode/playwright.ts';
import { startVSCode, type VSCode } from '../../support/vscode/startVSCode.ts';
import type { EditorWindow } from '../../support/vscode/window.ts';

const pictures = path.resolve(import.meta.dirname, '../../../out/screenshots');

/** What a person has: the .vsix installed, a repository open, a window. */
export interface PersonWorld {
  readonly vscode: VSCode;
  readonly browser: Browser;
  readonly window: EditorWindow;
  readonly page: Page;
  /** The repository is `durations` in it; scripts of agents lie beside. */
  readonly dir: string;
  /** Keeps how the window looks now. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openPersonWorld(
  settings: Readonly<Record<string, unknown>> = {},
): Promise<PersonWorld> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sloop-person-'));
  const repository = path.join(dir, 'durations');
  await createDemoRepository(repository);
  mkdirSync(pictures, { recursive: true });
  const browser = await launchBrowser();
  const vscode = await startVSCode({
    open: repository,
    extensions: [extensionFile()],
    settings,
    env: gitIdentity,
  });
  const window = await vscode.openWindow(browser);
  const { page } = window;
  page.setDefaultTimeout(30_000);
  return {
    vscode,
    browser,
    window,
    page,
    dir,
    picture: async (name) => void (await page.screenshot({ path: path.join(pictures, `${name}.png`) })),
    async close() {
      await browser.close();
      await vscode.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
