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
  options: Partial<PageOptions>,
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
world.broken.add('artifact.show 2');
await picture('error-dark', side, async ({ page }) => {
  await page.locator('.ver[data-version="2"]').click();
  await page.waitForTimeout(500);
  world.broken.clear();
});
await picture(
  'rendered-thread-dark',
  { lastSeen: 3, kept: { artifact: plan, kind: 'rendered' } },
  async ({ page }) => {
    await page.getByRole('button', { name: '2 comments, unresolved' }).click();
  },
);
await picture('picker-dark', side, ({ page }) =>
  page.getByRole('button', { name: 'Compare from: v3' }).click(),
);
await picture('more-dark', side, ({ page }) => page.getByRole('button', { name: 'More actions' }).click());
await picture('newer-light', { ...side, theme: 'vscode-light' }, async ({ page }) => {
  await arriveSixth(host, plan);
  await page.clock.setFixedTime(host.clock.step(10_000));
  await page.getByText('Show what changed').waitFor();
});

const project = { project: 'shop' };
const make = (title: string, content: string, more: object) =>
  host.run('artifact.create', { title, type: 'document', content, ...project, ...more });
const long = await make(
  'A title that goes on and on, because an agent wrote it and nobody told it to stop in time',
  '',
  {},
);
await picture('empty-dark', { artifact: long.id });
await picture('empty-narrow', { artifact: long.id, width: 360, height: 640 });
const code = await make('Rate limiter', 'export const limit = 5;\n\n/* Twice\n   over */\nconst a = `b`;\n', {
  type: 'code',
  language: 'typescript',
  filepath: 'src/limiter.ts',
});
await picture('source-light', { artifact: code.id, theme: 'vscode-light' });
await host.run('artifact.update', {
  artifact: code.id,
  content: 'export const limit = 6;\nexport const b = 1;\n',
});
await picture('code-dark', { artifact: code.id });
await host.run('artifact.stage', { artifacts: [code.id], stage: 'review' });
await host.run('artifact.stage', { artifacts: [code.id], stage: 'final', versions: [2] });
await picture('final-light', { artifact: code.id, theme: 'vscode-light' });
await picture('forced-colors', { ...side, forcedColors: true }, secondChange);
await world.dispose();
