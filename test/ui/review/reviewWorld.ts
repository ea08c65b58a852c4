import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Client, OperationId } from '../../../src/operations/client.ts';
import { viewHtml } from '../../../src/vscode/webviews/viewHtml.ts';
import { createTestHost, type TestHost } from '../../support/testHost.ts';
import { launchBrowser, type Browser, type Page } from '../../support/vscode/playwright.ts';

export type Theme = 'vscode-dark' | 'vscode-light' | 'vscode-high-contrast';

/** How a page of the review is opened. */
export interface PageOptions {
  readonly artifact: string;
  readonly version?: number;
  readonly lastSeen?: number;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: boolean;
  /** What the view kept when it was hidden. */
  readonly kept?: unknown;
}

/** An open review, and what it asked of the extension besides operations. */
export interface ReviewPage {
  readonly page: Page;
  readonly told: { readonly name: string; readonly argument: unknown }[];
  /** What the view keeps while it is hidden. */
  kept(): Promise<Record<string, unknown>>;
}

/** The review's bundle in a browser, over real operations in memory. */
export interface ReviewWorld {
  readonly host: TestHost;
  /** Operations that fail instead of being answered: the store is not there. */
  readonly broken: Set<string>;
  open(options: PageOptions): Promise<ReviewPage>;
  dispose(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../../..');

/** @param bundle folder of a build; `npm test` makes the usual one before any test runs. */
export async function createReviewWorld(
  bundle = path.resolve(root, process.env['SLOOP_DIST'] ?? 'dist'),
): Promise<ReviewWorld> {
  const host = await createTestHost();
  const client = host.executor.clientFor(host.person, 'view');
  const broken = new Set<string>();
  const server = await serve(path.join(bundle, 'webviews'));
  const browser = await launchBrowser();
  return {
    host,
    broken,
    open: (options) => openPage({ browser, server, client, broken, clock: host.clock }, options),
    async dispose() {
      await browser.close();
      server.close();
      host.dispose();
    },
  };
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.map': 'application/json',
};

/** Serves the page with the very policy that the extension gives it, and the bundle beside it. */
async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html');
      const page = viewHtml({
        title: 'Review',
        cspSource: "'self'",
        nonce: 'n0nce',
        script: 'review.js',
        style: 'review.css',
      });
      response.end(page.replace('</head>', '<link rel="stylesheet" href="themes.css" /></head>'));
      return;
    }
    const file =
      pathname === '/themes.css'
        ? path.join(import.meta.dirname, '../themes.css')
        : path.join(folder, path.basename(pathname));
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream');
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

interface Surroundings extends Pick<ReviewWorld, 'broken'> {
  readonly browser: Browser;
  readonly server: Server;
  readonly client: Client;
  readonly clock: TestHost['clock'];
}

async function openPage(
  { browser, server, client, broken, clock }: Surroundings,
  {
    artifact,
    version,
    lastSeen,
    theme = 'vscode-dark',
    width = 1100,
    height = 800,
    kept,
    forcedColors,
  }: PageOptions,
): Promise<ReviewPage> {
  const page = await browser.newPage({
    viewport: { width, height },
    forcedColors: forcedColors === true ? 'active' : 'none',
  });
  const told: { name: string; argument: unknown }[] = [];
  page.on('pageerror', (error) => told.push({ name: 'console', argument: error.stack }));
  page.setDefaultTimeout(10_000);
  await page.clock.setFixedTime(clock.now());
  const subject = { artifact, version: version ?? null, lastSeen: lastSeen ?? null };
  page.on('console', (message) => {
    // No browser leaves a page without asking for its icon.
    if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico'))
      told.push({ name: 'console', argument: message.text() });
  });
  await page.exposeFunction('toExtension', async (message: Message): Promise<unknown> => {
    const { name, argument } = message;
    if (name === 'ready') return subject;
    if (name !== 'execute') {
      told.push({ name, argument });
      return name === 'save' ? { ok: true, value: { file: 'docs/plan.md' } } : null;
    }
    const call = argument as { operation: OperationId; input: Record<string, unknown> };
    if (
      broken.has(call.operation) ||
      broken.has(`${call.operation} ${JSON.stringify(call.input['version'])}`)
    )
      return {
        ok: false,
        refusal: {
          code: 'unavailable',
          message: 'The store did not answer within 15 s.',
          next: 'Try again.',
        },
      };
    return client.executeNamed(call.operation, call.input);
  });
  // tsx names functions by a helper of its own, which the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(playExtension, { theme, kept: kept ?? null });
  client.onDidChange((events) => {
    if (page.isClosed()) return;
    void page
      .evaluate(
        (changed) =>
          (globalThis as unknown as InPage).say({ kind: 'tell', name: 'changed', argument: changed }),
        events as never,
      )
      .catch(() => undefined);
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page
    .locator('main[aria-busy=false]')
    .waitFor({ timeout: 10_000 })
    .catch((error: unknown) => {
      throw new Error(`The review did not open: ${JSON.stringify(told)}`, { cause: error });
    });
  return {
    page,
    told,
    kept: () => page.evaluate(() => (globalThis as unknown as InPage).kept as Record<string, unknown>),
  };
}

interface Message {
  readonly kind: string;
  readonly id?: number;
  readonly name: string;
  readonly argument: unknown;
}

/** What of a page's world these functions use: the tests' own types know of no browser. */
interface InPage {
  kept: unknown;
  acquireVsCodeApi: unknown;
  say(message: unknown): void;
  toExtension(message: Message): Promise<unknown>;
  readonly document: {
    readonly body: { className: string; dataset: Record<string, string> };
    addEventListener(name: string, listener: () => void): void;
  };
  postMessage(message: unknown, origin: string): void;
}

/** Runs in the page, before the view: VS Code's side of a webview. */
function playExtension({ theme, kept }: { theme: string; kept: unknown }): void {
  const page = globalThis as unknown as InPage;
  page.kept = kept;
  page.say = (message) => page.postMessage(message, '*');
  page.document.addEventListener('DOMContentLoaded', () => {
    page.document.body.className = theme;
    page.document.body.dataset['vscodeThemeKind'] = theme;
  });
  page.acquireVsCodeApi = () => ({
    getState: () => page.kept,
    setState: (state: unknown) => {
      page.kept = structuredClone(state);
    },
    postMessage: (message: Message) => {
      void page.toExtension(message).then((value) => {
        if (message.kind === 'call') page.say({ kind: 'answer', id: message.id, value });
      });
    },
  });
}
