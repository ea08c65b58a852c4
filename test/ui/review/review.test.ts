import assert from 'node:assert/strict';
import { arriveSixth, planUnderReview } from './planUnderReview.ts';
import { createReviewWorld, type ReviewPage, type ReviewWorld } from './reviewWorld.ts';

describe('the artifact review in a browser', function () {
  this.timeout(120_000);
  let world: ReviewWorld;
  let plan: Awaited<ReturnType<typeof planUnderReview>>;
  let opened: ReviewPage;
  beforeEach(async () => {
    world = await createReviewWorld();
    plan = await planUnderReview(world.host);
  });
  afterEach(async () => {
    const faults = opened.told.filter(({ name }) => name === 'console' || name === 'report');
    await world.dispose();
    assert.deepEqual(faults, []);
  });

  const open = async (
    kind: 'rendered' | 'side' | 'inline',
    more: { lastSeen?: number; width?: number } = {},
  ) => {
    opened = await world.open({ artifact: plan, lastSeen: 3, kept: { artifact: plan, kind }, ...more });
    return opened.page;
  };
  const stage = async () => (await world.host.run('artifact.show', { artifact: plan })).stage;
  const comments = async () => (await world.host.run('artifact.comments', { artifact: plan })).items;

  it('begins with the newest version against the one that was seen last, and says which it showed', async () => {
    const page = await open('side');
    await page.getByRole('table', { name: 'Changes from v3 to v5, side by side' }).waitFor();
    assert.deepEqual(opened.told, [{ name: 'seen', argument: { version: 5 } }]);
    await page
      .getByRole('row', { name: 'removed, line 3, Reads take 180 ms at p95; goal: under 50 ms.' })
      .waitFor();
  });

  it('goes from change to change by keys, in every view', async () => {
    const page = await open('side');
    for (const key of ['2', '3', '1']) {
      await page.keyboard.press(key);
      await page.keyboard.press('Alt+F5');
    }
    await page.getByText('3 of 7').waitFor();
    await page.keyboard.press('Shift+Alt+F5');
    await page.getByText('2 of 7').waitFor();
    assert.equal(await page.locator('.doc .on').count(), 1);
  });

  it('approves the version on screen after one question, and makes the plan’s todos', async () => {
    const page = await open('rendered');
    await page.keyboard.press('Control+Shift+Enter');
    const sure = page.getByRole('button', { name: /^Approve v5 and create 9 todos/ });
    await sure.waitFor();
    assert.equal(await stage(), 'review');
    await sure.click();
    await page.getByText('v5 is approved.').waitFor();
    assert.equal(await stage(), 'final');
    assert.equal((await world.host.run('todo.list', { project: 'shop' })).items.length, 9);
  });

  it('shows a newer version that came meanwhile instead of approving it', async () => {
    const page = await open('side');
    await arriveSixth(world.host, plan);
    await page.getByText('v6 arrived').waitFor();
    await page.keyboard.press('Control+Shift+Enter');
    const approve = page.getByRole('button', { name: 'Approve', exact: true });
    assert.equal(await approve.getAttribute('aria-disabled'), 'true');
    assert.equal(await stage(), 'review');
    await page.getByRole('button', { name: 'Show what changed' }).click();
    await page.getByRole('table', { name: 'Changes from v5 to v6, side by side' }).waitFor();
    assert.equal(await approve.getAttribute('aria-disabled'), 'false');
  });

  it('sends a plan back with notes', async () => {
    const page = await open('inline');
    await page.keyboard.press('n');
    await page.keyboard.type('Make the 500 a setting.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('It is a draft again.').waitFor();
    assert.equal(await stage(), 'draft');
    assert.ok(
      (await comments()).some(({ body, version }) => body === 'Make the 500 a setting.' && version === 5),
    );
    await page.getByRole('button', { name: 'Send to review' }).click();
    await page.getByText('It is in review now.').waitFor();
    assert.equal(await stage(), 'review');
  });

  it('writes a remark on chosen lines, replies to it and resolves it, all by keys', async () => {
    const page = await open('side');
    await page.getByRole('table').focus();
    for (const key of [
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'Shift+ArrowDown',
      'Shift+ArrowDown',
      'c',
    ])
      await page.keyboard.press(key);
    await page.keyboard.type('Which steps come first?');
    await page.keyboard.press('Control+Enter');
    const thread = page.getByRole('group', { name: 'Comment thread: Lines 5–7 · unresolved, 1 comment' });
    await thread.waitFor();
    await thread.focus();
    await page.keyboard.press('r');
    await page.keyboard.type('Measuring.');
    await page.keyboard.press('Control+Enter');
    const answered = page.getByRole('group', { name: 'Comment thread: Lines 5–7 · unresolved, 2 comments' });
    await answered.waitFor();
    await answered.focus();
    await page.keyboard.press('e');
    await page.getByRole('group', { name: 'Comment thread: Lines 5–7 · resolved, 2 comments' }).waitFor();
    const [remark] = (await comments()).filter(({ body }) => body === 'Which steps come first?');
    assert.deepEqual([remark?.version, remark?.startLine, remark?.endLine], [5, 5, 7]);
    assert.notEqual(remark?.resolvedAt, null);
  });

  it('comes back as it was left: pair, view, what was being written', async () => {
    const page = await open('inline');
    await page.locator('.ver[data-version="4"]').click();
    await page.getByRole('table', { name: 'Changes from v3 to v4, inline' }).waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('Not yet sure');
    const kept = await opened.kept();
    await page.close();
    opened = await world.open({ artifact: plan, lastSeen: 3, kept });
    await opened.page.getByRole('table', { name: 'Changes from v3 to v4, inline' }).waitFor();
    assert.equal(
      await opened.page.getByRole('textbox', { name: 'Request changes' }).inputValue(),
      'Not yet sure',
    );
  });

  it('says what could not be read, and goes on when it can be', async () => {
    world.broken.add('artifact.show 2');
    const page = await open('side');
    await page.locator('.ver[data-version="3"]').click();
    const alert = page.getByRole('alert');
    await alert.getByText('v2 could not be read').waitFor();
    world.broken.clear();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table', { name: 'Changes from v2 to v3, side by side' }).waitFor();
  });

  it('says what was refused, and what to do', async () => {
    const page = await open('rendered');
    world.broken.add('artifact.stage');
    await page.keyboard.press('Control+Shift+Enter');
    await page.getByRole('button', { name: /^Approve v5 and/ }).click();
    await page.getByRole('alert').getByText('The store did not answer within 15 s. Try again.').waitFor();
    assert.equal(await stage(), 'review');
  });

  it('takes its question back when somebody else decided meanwhile', async () => {
    const page = await open('rendered');
    await page.keyboard.press('Control+Shift+Enter');
    await page.getByRole('button', { name: /^Approve v5 and/ }).waitFor();
    await world.host.run('artifact.stage', { artifacts: [plan], stage: 'draft', notes: 'Wait.' });
    await page.getByRole('button', { name: 'Send to review' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /^Approve v5 and/ }).count(), 0);
  });

  it('restores a version as a new one', async () => {
    const page = await open('side');
    await page.getByRole('button', { name: 'Restore this version (v3)' }).click();
    await page.getByText('v3 is restored as v6.').waitFor();
    await page.getByRole('table', { name: 'Changes from v5 to v6, side by side' }).waitFor();
  });

  it('shows side by side as inline where it is narrow, with the details as a drawer', async () => {
    const page = await open('side', { width: 520 });
    await page.getByRole('table', { name: 'Changes from v3 to v5, inline' }).waitFor();
    assert.equal(
      await page.getByRole('radio', { name: 'Side by side' }).getAttribute('aria-disabled'),
      'true',
    );
    assert.equal(await page.getByRole('complementary', { name: 'Details' }).count(), 0);
    await page.keyboard.press('v');
    await page.getByRole('complementary', { name: 'Details' }).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('complementary', { name: 'Details' }).count(), 0);
  });

  it('asks the extension for what only it can do', async () => {
    const page = await open('side');
    await page.keyboard.press('d');
    for (const name of ['Copy v5', /^Save v5/]) {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name }).click();
    }
    await page.getByText('v5 is saved.').waitFor();
    assert.deepEqual(
      opened.told.filter(({ name }) => name !== 'seen').map(({ name }) => name),
      ['openDiff', 'copy', 'save'],
    );
  });
});
