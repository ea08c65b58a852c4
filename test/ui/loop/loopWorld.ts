import { launchBrowser, type Page } from '../../support/vscode/playwright.ts';
import { serveView } from '../viewServer.ts';
import { playExtension } from './page.ts';
import type { Scenario } from './scenarios.ts';

export interface LoopPageOptions {
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

/** An open loop view. */
export interface LoopPage {
  readonly page: Page;
  /** What it sent so far, reading aside. */
  asked(): Promise<readonly Asked[]>;
  kept(): Promise<Record<string, unknown>>;
  /** The loop becomes another; the view is told that something changed. */
  change(loop: Scenario['loop']): Promise<void>;
  /** Errors on the page's console, and what it reported. */
  readonly faults: readonly string[];
}

/** The loop view's own bundle in a browser, under the very policy that the extension gives it. */
export interface LoopWorld {
  open(scenario: Scenario, options?: LoopPageOptions): Promise<LoopPage>;
  dispose(): Promise<void>;
}

/** Operations that only read: tests look at what was changed. */
const reads = /\.(show|log|list|versions)$/;

/** @param bundle folder of a build that exists already; the view is built where none is given. */
export async function createLoopWorld(bundle?: string): Promise<LoopWorld> {
  const server = await serveView('loop', bundle);
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
              name !== 'ready' &&
              !(name === 'execute' && reads.test((argument as { operation: string }).operation)),
          ),
        kept: () => page.evaluate(() => (globalThis as unknown as { kept: Record<string, unknown> }).kept),
        change: (loop) =>
          page.evaluate((next) => {
            (globalThis as unknown as { change(loop: unknown): void }).change(next);
          }, loop),
      };
    },
    async dispose() {
      await browser.close();
      server.dispose();
    },
  };
}
