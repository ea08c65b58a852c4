import type { Control, HostControl } from './control.ts';
import { runCommand } from './person.ts';
import { within } from './within.ts';
import type { Browser, BrowserContext, Page } from './playwright.ts';

/** The workbench of a first start on a busy machine. */
const startPatienceMs = 120_000;

/** One window of the editor: its page, and its extension host. */
export interface EditorWindow {
  readonly page: Page;
  readonly host: HostControl;
  /** Reloads as a person does; `host` is a new one afterwards. */
  reload(): Promise<void>;
  /** Goes back to the editor after it was restarted or left. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a window and waits until the extension host behind it answers. */
export async function openWindow(
  browser: Browser | BrowserContext,
  url: string,
  control: Control,
): Promise<EditorWindow> {
  const page = await browser.newPage();
  await page.setViewportSize({ width: 1400, height: 900 });
  let host: HostControl;
  async function arrive(go: () => Promise<unknown>): Promise<void> {
    const next = within(startPatienceMs, 'an extension host', control.next());
    await Promise.all([next, go().then(() => ready(page))]);
    host = await next;
  }
  await arrive(() => page.goto(url, { waitUntil: 'commit' }));
  return {
    page,
    get host() {
      return host;
    },
    async reload() {
      // The editor writes down its terminals half a second after the last change, and says nothing of it.
      await page.waitForTimeout(1500);
      await arrive(async () => {
        // The editor's own way: the browser's would not wait until what is open has been written down.
        const loaded = page.waitForEvent('domcontentloaded', { timeout: startPatienceMs });
        await runCommand(page, 'Developer: Reload Window');
        await loaded;
      });
    },
    open: () => arrive(() => page.goto(url, { waitUntil: 'commit' })),
    close: () => page.close(),
  };
}

/**
 * There, and done with taking back the terminals of before. Until then the editor does not write down which
 * terminals it has, so that one begun in those first seconds would not come back after a reload.
 */
async function ready(page: Page): Promise<void> {
  await page.locator('.monaco-workbench').waitFor({ timeout: startPatienceMs });
  await page.waitForFunction(
    () => performance.getEntriesByName('code/terminal/didRecreateTerminalGroups').length > 0,
    null,
    { timeout: startPatienceMs },
  );
}
