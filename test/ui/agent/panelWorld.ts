import { launchBrowser, type Page } from '../../support/vscode/playwright.ts';
import { serveView } from '../viewServer.ts';
import { playExtension } from './page.ts';
import type { Scenario } from './scenarios.ts';

export interface PanelPageOptions {
  readonly theme?: 'vscode-dark' | 'vscode-light' | 'vscode-high-contrast';
  readonly width?: number;
  readonly height?: number;
  /** What the view kept when it was hidden. */
  readonly kept?: unknown;
}

/** A call or word that the view sent to the extension. */
export interface Asked {
  readonly name: string;
  readonly argument: unknown;
}

/** An open agent panel. */
export interface PanelPage {
  readonly page: Page;
  /** What it sent so far, reading aside. */
  asked(): Promise<readonly Asked[]>;
  kept(): Promise<Record<string, unknown>>;
  /** Something becomes otherwise; the view is told that it changed. */
  change(next: Partial<Scenario>): Promise<void>;
  /** Errors on the page's console. */
  readonly faults: readonly string[];
}

/** The agent panel's own bundle in a browser. */
export interface PanelWorld {
  open(scenario: Scenario, options?: PanelPageOptions): Promise<PanelPage>;
  dispose(): Promise<void>;
}

/** Operations that only read, and words that change nothing: tests look at what was done. */
const reads = /\.(show|log|list|rows)$|^usage$/;
const quiet = ['ready', 'changes', 'seen'];

/** @param bundle folder of a build that exists already; the view is built where none is given. */
export async function createPanelWorld(bundle?: string): Promise<PanelWorld> {
  const server = await serveView('agent', bundle);
  const browser = await launchBrowser();
  return {
    async open(scenario, { theme = 'vscode-dark', width = 1100, height = 765, kept } = {}) {
      const page = await browser.newPage({ viewport: { width, height } });
      const faults: string[] = [];
      page.on('pageerror', ({ message }) => faults.push(message));
      // The test loader keeps names of functions by a helper that the page does not have.
      await page.addInitScript('globalThis.__name = (value) => value');
      await page.addInitScript(playExtension, { scenario, state: kept, theme });
      await page.goto(server.url);
      return {
        page,
        faults,
        asked: async () =>
          (await page.evaluate(() => (globalThis as unknown as { asked: Asked[] }).asked)).filter(
            ({ name, argument }) =>
              !quiet.includes(name) &&
              !(name === 'execute' && reads.test((argument as { operation: string }).operation)),
          ),
        kept: () => page.evaluate(() => (globalThis as unknown as { kept: Record<string, unknown> }).kept),
        change: (next) =>
          page.evaluate((given) => {
            (globalThis as unknown as { change(given: unknown): void }).change(given);
          }, next),
      };
    },
    async dispose() {
      await browser.close();
      server.dispose();
    },
  };
}
