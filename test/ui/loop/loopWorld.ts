import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { viewHtml } from '../../../src/vscode/webviews/viewHtml.ts';
import { launchBrowser, type Page } from '../../support/vscode/playwright.ts';
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

const root = path.resolve(import.meta.dirname, '../../..');
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** Operations that only read: tests look at what was changed. */
const reads = /\.(show|log|list|versions)$/;

/** @param bundle folder of a build that exists already; the view is built where none is given. */
export async function createLoopWorld(bundle?: string): Promise<LoopWorld> {
  const folder = bundle ?? mkdtempSync(path.join(tmpdir(), 'sloop-loop-'));
  if (bundle === undefined)
    execFileSync(process.execPath, ['esbuild.mjs', '--out', folder], { cwd: root, stdio: 'inherit' });
  const server = await serve(path.join(folder, 'webviews'));
  const browser = await launchBrowser();
  return {
    async open(scenario, { theme = 'vscode-dark', width = 1100, height = 765, kept } = {}) {
      const page = await browser.newPage({ viewport: { width, height } });
      const faults: string[] = [];
      page.on('pageerror', ({ message }) => faults.push(message));
      // The test loader keeps names of functions by a helper that the page does not have.
      await page.addInitScript('globalThis.__name = (value) => value');
      await page.addInitScript(playExtension, { scenario, state: kept, theme });
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
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
      server.close();
      if (bundle === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function serve(folder: string): Promise<Server> {
  const page = viewHtml({
    title: 'Loop',
    cspSource: "'self'",
    nonce: 'n0nce',
    script: 'loop.js',
    style: 'loop.css',
  }).replace('</head>', '<link rel="stylesheet" href="themes.css" /></head>');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('content-type', types[path.extname(pathname)] ?? 'text/html');
    if (pathname === '/') return response.end(page);
    const from = pathname === '/themes.css' ? path.dirname(import.meta.dirname) : folder;
    try {
      return response.end(readFileSync(path.join(from, path.basename(pathname))));
    } catch {
      // Source maps and the site's icon: nobody needs them here.
      response.statusCode = 404;
      return response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
