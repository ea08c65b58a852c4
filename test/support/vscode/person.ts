import type { FrameLocator, Locator, Page } from './playwright.ts';
import { until } from './until.ts';

/** Opens Sloop's side bar. */
export async function openSideBar(page: Page): Promise<void> {
  const views = page.getByRole('treeitem').or(page.locator('.welcome-view-content'));
  await page.locator('.activitybar a[aria-label^="Sloop"]').click();
  await page.locator('.pane-header', { hasText: 'Inbox' }).waitFor();
  await views.first().waitFor();
}

/** A row of one of Sloop's trees, by what it says. */
export const treeRow = (page: Page, text: string | RegExp): Locator =>
  page.locator('.sidebar').getByRole('treeitem').filter({ hasText: text }).first();

/** Opens the command palette and runs the command with exactly this title, whatever its capitals. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill(`>${title}`);
  await page
    .locator('.quick-input-list .monaco-list-row')
    .filter({ has: page.getByText(new RegExp(`^${title}$`, 'i')) })
    .first()
    .click();
}

/** Waits for the palette's question with this word in it, types the answer and takes it. */
export async function answer(page: Page, question: string | RegExp, text: string): Promise<void> {
  const widget = page.locator('.quick-input-widget:visible').filter({ hasText: question });
  await widget.waitFor();
  await widget.locator('input').fill(text);
  await until(`the answer to ${String(question)} is taken`, async () => {
    // While the question still checks what was typed, Enter is not heard; a person presses it again.
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    return (await widget.count()) === 0;
  });
}

/** Gives the path of a file in the editor's own dialog. */
export async function answerDialog(page: Page, file: string): Promise<void> {
  const path = page.locator('.quick-input-widget:visible input[type="text"]').first();
  await until('the dialog shows a folder', async () => (await path.inputValue()).startsWith('/'));
  await path.fill(file);
  await until('the file is taken', async () => {
    await page.keyboard.press('Enter');
    await page.waitForTimeout(500);
    return (await path.count()) === 0 || !(await path.inputValue()).startsWith('/');
  });
}

/** The inside of the webview whose text matches: the editor's frame around it, then the extension's own page. */
export const webviewWith = (page: Page, text: string | RegExp): Promise<FrameLocator> =>
  until(`a webview with ${String(text)}`, async () => {
    for (const outer of await page.locator('iframe.webview.ready').all()) {
      const inside = outer.contentFrame().frameLocator('#active-frame');
      if ((await inside.getByText(text).count()) > 0 && (await outer.isVisible())) return inside;
    }
    return undefined;
  });
