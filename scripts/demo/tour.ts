import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser, type Page } from '../../test/support/vscode/playwright.ts';
import { openSideBar, runCommand, treeRow, webviewWith } from '../../test/support/vscode/person.ts';
import { runTests } from './demoRepository.ts';
import type { EditorWorld } from './editorWorld.ts';

const pictures = path.resolve(import.meta.dirname, '../../out/tour');
/** An agent's turn, on a machine that does much else. */
const turnMs = 60_000;

/** Goes the demo's whole way as a person would, and leaves a picture of each step in out/tour. */
export async function tour({ vscode, repository }: EditorWorld, say: (text: string) => void): Promise<void> {
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const browser = await launchBrowser();
  try {
    const { page } = await vscode.openWindow(browser);
    page.setDefaultTimeout(turnMs);
    let taken = 0;
    const picture = async (name: string) => {
      taken += 1;
      const file = path.join(pictures, `${String(taken).padStart(2, '0')}-${name}.png`);
      await page.screenshot({ path: file });
      say(`  ${path.relative(process.cwd(), file)}`);
    };
    try {
      await walk(page, picture, say);
    } catch (error) {
      await picture('where-it-ended');
      throw error;
    }
    const { passed, failed } = await runTests(repository);
    say(`Tests of the repository now: ${passed} pass, ${failed} fail.`);
    if (failed > 0) throw new Error('The loop was approved, and the tests of the repository fail.');
  } finally {
    await browser.close();
  }
}

async function walk(page: Page, picture: (name: string) => Promise<void>, say: (text: string) => void) {
  say('Sloop is opened: nothing is there yet.');
  await openSideBar(page);
  await picture('welcome');

  say('One click starts the loop.');
  await page.getByRole('button', { name: 'Start the demo' }).first().click();
  const loop = await webviewWith(page, 'parseDuration reads');
  await treeRow(page, /plan/i).waitFor();
  await picture('loop-started');

  say('The planner works in a terminal of its own.');
  await runCommand(page, 'Terminal: Focus Terminal');
  await page.locator('.xterm-rows', { hasText: 'I read the parser' }).waitFor();
  await picture('planner-in-its-terminal');

  say('The plan waits for a person.');
  const review = loop.getByRole('button', { name: /Review/ }).first();
  await review.waitFor();
  await picture('plan-waits');
  await review.click();
  const firstPlan = await webviewWith(page, 'Put the units');
  await picture('review-of-the-plan');

  say('Approving it makes its todos.');
  await approve(page, firstPlan, picture);
  await firstPlan.getByText('4 todos created').waitFor();
  await treeRow(page, /Put the units/).waitFor();
  await picture('todos-are-made');

  say('Coder and reviewer follow; the reviewer finds a fault, and the next plan waits.');
  await page
    .getByRole('tab', { name: /parseDuration/ })
    .first()
    .click();
  await loop
    .getByText(/1h30m is refused/)
    .first()
    .waitFor();
  await picture('changes-requested');
  await review.waitFor();
  await picture('second-plan-waits');
  await review.click();
  const secondPlan = await webviewWith(page, 'v2 arrived');
  await secondPlan.getByRole('button', { name: 'Show what changed' }).click();
  await picture('what-changed-in-the-plan');
  await approve(page, secondPlan, picture);

  say('The second round is approved: the loop has ended, and reads as a story.');
  await page
    .getByRole('tab', { name: /parseDuration/ })
    .first()
    .click();
  await loop
    .getByText(/Approved/)
    .first()
    .waitFor();
  await picture('approved');
}

async function approve(
  page: Page,
  review: Awaited<ReturnType<typeof webviewWith>>,
  picture: (name: string) => Promise<void>,
) {
  await review.getByRole('button', { name: 'Approve', exact: true }).click();
  const sure = review.getByRole('button', { name: /^Approve v\d+ and/ });
  await sure.waitFor();
  await picture('todos-to-be-made');
  await sure.click();
  await review
    .getByText(/is approved/)
    .first()
    .waitFor();
}
