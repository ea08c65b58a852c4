// Pictures of the review in every state, to be looked at: node --import ./test/support/register.mjs test/ui/review/look.ts OUT [BUNDLE]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createReviewWorld, type PageOptions, type ReviewPage } from './reviewWorld.ts';
import { arriveSixth, planUnderReview } from './planUnderReview.ts';

const [, , out = 'out/review', bundle] = process.argv;
mkdirSync(out, { recursive: true });
const world = await createReviewWorld(bundle);
const { host } = world;
const plan = await planUnderReview(host);

async function picture(
  name: string,
  options: Omit<PageOptions, 'artifact'>,
  act?: (page: ReviewPage) => Promise<void>,
) {
  const opened = await world.open({ artifact: plan, ...options });
  await opened.page.waitForTimeout(150);
  await act?.(opened);
  await opened.page.waitForTimeout(250);
  await opened.page.screenshot({ path: path.join(out, `${name}.png`) });
  const faults = opened.told.filter(({ name: what }) => what === 'console' || what === 'report');
  if (faults.length > 0) console.log(name, JSON.stringify(faults));
  await opened.page.close();
}
const side = { lastSeen: 3, kept: { artifact: plan, kind: 'side' } };
const press = (key: string) => (opened: ReviewPage) => opened.page.keyboard.press(key);
const secondChange = async ({ page }: ReviewPage) => {
  await page.keyboard.press('Alt+F5');
  await page.keyboard.press('Alt+F5');
};

await picture('side-dark', side, secondChange);
await picture(
  'rendered-light',
  { lastSeen: 3, theme: 'vscode-light', kept: { artifact: plan, kind: 'rendered' } },
  secondChange,
);
await picture(
  'inline-hc',
  { lastSeen: 3, theme: 'vscode-high-contrast', kept: { artifact: plan, kind: 'inline' } },
  press('n'),
);
await picture('narrow-dark', { ...side, width: 520 });
await picture('narrow-360', { ...side, width: 360, height: 640 }, press('v'));
await picture('approve-dark', side, press('Control+Shift+Enter'));
await picture('comment-dark', side, press('c'));
await picture('keys-dark', side, press('?'));
await picture('first-light', { version: 1, theme: 'vscode-light' });
await picture('error-dark', side, async ({ page }) => {
  world.broken.add('artifact.show 2');
  await page.locator('.ver[data-version="2"]').click();
  await page.waitForTimeout(500);
  world.broken.clear();
});
await picture('newer-light', { ...side, theme: 'vscode-light' }, async ({ page }) => {
  await arriveSixth(host, plan);
  await page.getByText('Show what changed').waitFor();
});
await world.dispose();
