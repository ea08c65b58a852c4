import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { answer, openSideBar, runCommand, treeRow } from '../../support/vscode/person.ts';
import { openPersonWorld, type PersonWorld } from './personWorld.ts';

const secret = 'sk-typed-by-a-person-unseen';

/** Every file below a folder in which the text stands. */
const filesWith = (folder: string, text: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .filter((file) => readFileSync(file).includes(text));

describe('a person with accounts', function () {
  this.timeout(240_000);
  let world: PersonWorld;
  before(async () => (world = await openPersonWorld()));
  after(() => world.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await world.picture(`failed-${this.currentTest.title}`);
  });

  it('adds one by a credential that is not shown, sees it in its view, and removes it', async () => {
    const { page } = world;
    await openSideBar(page);
    await runCommand(page, 'Sloop: Add an Account…');
    await answer(page, 'step 1', 'Claude Code');
    await answer(page, 'step 2', 'ANTHROPIC_API_KEY');
    await answer(page, 'step 3', 'the work account');
    const asked = page.locator('.quick-input-widget:visible').filter({ hasText: 'step 4' }).locator('input');
    await asked.waitFor();
    assert.equal(await asked.getAttribute('type'), 'password');
    await answer(page, 'step 4', secret);
    await page.getByText('the work account is an account of Claude Code now.').first().waitFor();
    await runCommand(page, 'Sloop: Focus on Accounts View');
    await treeRow(page, 'the work account').waitFor();
    await world.picture('accounts-added');
    assert.deepEqual(filesWith(world.dir, secret), []);

    await runCommand(page, 'Sloop: Remove an Account');
    await answer(page, 'Remove an', 'the work account');
    await page
      .locator('.monaco-dialog-box')
      .getByRole('button', { name: /Remove|Delete/ })
      .click();
    await treeRow(page, 'the work account').waitFor({ state: 'detached' });
  });
});
