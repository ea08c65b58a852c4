import { createRequire } from 'node:module';
import path from 'node:path';
import type * as playwright from '../../harness/node_modules/playwright-core/index.js';

export type {
  Browser,
  BrowserContext,
  FrameLocator,
  Locator,
  Page,
} from '../../harness/node_modules/playwright-core/index.js';

/** Where the editor, its Node and the browser's driver are installed, by a lock file of their own. */
export const harness = path.resolve(import.meta.dirname, '../../harness');

export const requireFromHarness = createRequire(path.join(harness, 'package.json'));

const { chromium } = requireFromHarness('playwright-core') as typeof playwright;

/** Debian's Chromium; the caller closes it. */
export const launchBrowser = (): Promise<playwright.Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      // Chromium's own sandbox needs rights that a container's root does not have. Only our own pages are opened.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
