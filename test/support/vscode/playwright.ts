import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';

export type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';

/** Where the editor and its Node are installed, by a lock file of their own. */
export const harness = path.resolve(import.meta.dirname, '../../harness');

export const requireFromHarness = createRequire(path.join(harness, 'package.json'));

/** Debian's Chromium; the caller closes it. */
export const launchBrowser = (): Promise<Browser> =>
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
