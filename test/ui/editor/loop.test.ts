import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  answer,
  answerDialog,
  openSideBar,
  runCommand,
  treeRow,
  webviewWith,
} from '../../support/vscode/person.ts';
import type { FrameLocator } from '../../support/vscode/playwright.ts';
import { openPersonWorld, type PersonWorld } from './personWorld.ts';

const goal = 'Durations of hours and minutes are read';
const themes = [
  ['light', 'Default Light Modern', 'vs'],
  ['dark', 'Default Dark Modern', 'vs-dark'],
  ['high-contrast', 'Default High Contrast', 'hc-black'],
] as const;
const gatedLoop = path.resolve(import.meta.dirname, '../../../scripts/demo/reviewedHarness.md');

/** One story, told in the order of these tests. */
describe('a person with a loop', function () {
  this.timeout(240_000);
  this.bail(true);
  let world: PersonWorld;
  let review: FrameLocator;
  before(async () => {
    world = await openPersonWorld();
    const loops = path.join(world.dir, 'durations', '.sloop', 'loops');
    mkdirSync(loops, { recursive: true });
    cpSync(gatedLoop, path.join(loops, 'harness.md'));
  });
  after(() => world.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await world.picture(`failed-${this.currentTest.title}`);
  });

  /** Does the same in each kind of theme, and keeps how it looks. */
  async function inEachTheme(take: (theme: string) => Promise<void>): Promise<void> {
    for (const [name, theme, kind] of themes) {
      await world.window.host.evaluate(async ({ vscode }, chosen) => {
        await vscode.workspace
          .getConfiguration('workbench')
          .update('colorTheme', chosen, vscode.ConfigurationTarget.Global);
      }, theme);
      await world.page.locator(`.monaco-workbench.${kind}`).waitFor();
      await take(name);
    }
  }

  it('finds the side bar empty, with what to do next', async () => {
    await openSideBar(world.page);
    await world.page.getByRole('button', { name: 'New project' }).waitFor();
    await inEachTheme((theme) => world.picture(`empty-${theme}`));
  });

  it('starts it from the palette, and watches it', async () => {
    const { page } = world;
    await runCommand(page, 'Sloop: Start a Loop');
    await answer(page, '1/', 'harness');
    await answer(page, '2/', goal);
    await answer(page, '3/', 'Scripted agent');
    await answer(page, '4/', 'A file');
    await answerDialog(page, path.join(import.meta.dirname, 'agents.yaml'));
    await webviewWith(page, goal);
    await treeRow(page, 'Round 1').waitFor();
  });

  it('answers a question of its planner from the inbox', async () => {
    const { page } = world;
    await treeRow(page, 'Which units are to be read?').click();
    await answer(page, 'Which units', 'hours and minutes');
    await treeRow(page, /^plan: Durations of hours/).waitFor();
    await world.picture('plan-waits-in-the-inbox');
  });

  it('sends the plan back with a note, and gets another version', async () => {
    const { page } = world;
    await treeRow(page, /^plan: Durations of hours/).click();
    review = await webviewWith(page, 'Read hours and minutes');
    await review.getByRole('button', { name: /Request changes/ }).click();
    await page.keyboard.type('Begin with tests.');
    await page.keyboard.press('Control+Enter');
    await review.getByText('v2 arrived').waitFor();
    await review.getByRole('button', { name: 'Show what changed' }).click();
    await review.getByText('Write the tests first').first().waitFor();
    await world.picture('second-version-of-the-plan');
  });

  it('remarks on a line of it', async () => {
    const { page } = world;
    await review.getByRole('radio', { name: 'Side by side' }).click();
    await review.getByRole('table').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'c'])
      await page.keyboard.press(key);
    await page.keyboard.type('Good, this is the order.');
    await page.keyboard.press('Control+Enter');
    await review.getByRole('group', { name: /^Comment thread: Line \d+ · unresolved, 1 comment/ }).waitFor();
    await inEachTheme((theme) => world.picture(`review-waits-${theme}`));
    await page.getByRole('tab', { name: new RegExp(`^${goal}`) }).click();
    await webviewWith(page, 'waits for your review');
    await inEachTheme((theme) => world.picture(`loop-waits-${theme}`));
    await page.getByRole('tab', { name: new RegExp(`^plan: ${goal}`) }).click();
    review = await webviewWith(page, 'Good, this is the order.');
  });

  it('reloads the window, and finds the review as it was', async () => {
    const { page } = world;
    await world.window.reload();
    review = await webviewWith(page, 'Write the tests first');
    await review.getByRole('button', { name: 'Approve', exact: true }).waitFor();
  });

  it('approves the plan, and the loop ends approved', async () => {
    const { page } = world;
    await review.getByRole('button', { name: 'Approve', exact: true }).click();
    await review.getByRole('button', { name: /^Approve v2 and create 2 todos/ }).click();
    await page.getByRole('tab', { name: new RegExp(`^${goal}`) }).click();
    const loop = await webviewWith(page, goal);
    await loop.getByText('It is as it was planned.').first().waitFor();
    await loop.getByText('approved').first().waitFor();
    await world.picture('loop-approved');
  });

  it('leaves pictures of what has ended', async () => {
    const { page } = world;
    await inEachTheme(async (theme) => {
      for (const [view, tab] of [
        ['review', `plan: ${goal}`],
        ['loop', goal],
      ] as const) {
        await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
        await webviewWith(page, view === 'loop' ? 'Show stages' : 'Write the tests first');
        await world.picture(`${view}-final-${theme}`);
      }
    });
  });
});
