import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { aDoneStage, aLoop, aRound, aRunningStage } from '../../support/loopFixtures.ts';
import { createLoopWorld, type LoopPage, type LoopPageOptions, type LoopWorld } from './loopWorld.ts';
import { scenarios, type Scenario } from './scenarios.ts';

/** Waits for what a page comes to. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not in time: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe('the loop view', () => {
  let world: LoopWorld;
  let view: LoopPage;
  before(async function () {
    this.timeout(180_000);
    world = await createLoopWorld(process.env['SLOOP_BUNDLE']);
  });
  after(() => world.dispose());
  afterEach(async () => {
    await view.page.close();
    assert.deepEqual(view.faults, []);
  });

  const open = async (scenario: Scenario, options?: LoopPageOptions) => {
    view = await world.open(scenario, options);
    await view.page.locator('sloop-loop :is(h1, [role=alert])').first().waitFor();
    return view.page;
  };
  const card = (name: string) => view.page.getByRole('gridcell', { name });
  const rail = () => view.page.getByRole('complementary', { name: 'Selected stage' });
  /** Scrolled how far to the right, and how far there is to scroll. */
  const scrolled = async () => {
    const [left = 0, most = 0] = await view.page
      .locator('[data-keep=grid]')
      .evaluate<number[], { scrollLeft: number; scrollWidth: number; clientWidth: number }>((grid) => [
        grid.scrollLeft,
        grid.scrollWidth - grid.clientWidth,
      ]);
    return { left, most };
  };
  const focused = () =>
    view.page.evaluate<string | null>("document.activeElement?.getAttribute('aria-label') ?? null");

  it('shows goal, status, limits, stages and findings', async () => {
    const page = await open(scenarios.running);
    await page.getByRole('heading', { name: 'Make the rate limiter pass its tests' }).waitFor();
    assert.match((await page.getByRole('status').first().textContent()) ?? '', /running/);
    for (const name of ['Round 2 of 5', '18 of 60 min', '$0.84 of $5.00'])
      await page.getByRole('progressbar', { name }).waitFor();
    await card('review, round 1: completed, calm-lynx').waitFor();
    assert.equal(await page.getByRole('row', { name: /retryAfter is rounded/ }).count(), 1);
    await rail().getByText('Fix the 4 findings of round 1').waitFor();
  });

  it('is walked by keys, one tab stop for all cards', async () => {
    const page = await open(scenarios.running);
    await card('code, round 2').focus();
    await page.keyboard.press('ArrowLeft');
    assert.match((await focused()) ?? '', /^code, round 1/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await rail().getByText('Wall clock, and a burst after idle.').waitFor();
    assert.equal(await page.locator('[role=gridcell][tabindex="0"]').count(), 1);
    assert.equal(await card('review, round 1').getAttribute('aria-selected'), 'true');
    await rail().getByRole('button', { name: 'Log' }).focus();
    await page.keyboard.press('Escape');
    assert.match((await focused()) ?? '', /^review, round 1/);
  });

  it('opens log, output and terminal by L, O and T, a finding’s file and the prompt', async () => {
    const page = await open(scenarios.running);
    await card('code, round 1').focus();
    for (const key of ['l', 'o', 't']) await page.keyboard.press(key);
    await page.getByRole('table').getByRole('button', { name: 'Refill uses the wall clock' }).click();
    await rail().getByRole('button', { name: 'Open prompt' }).click();
    assert.deepEqual(await view.asked(), [
      { name: 'openLog', argument: { agent: 'braveotter00' } },
      { name: 'openArtifact', argument: { artifact: 'code00000000', version: null } },
      { name: 'showTerminal', argument: { agent: 'braveotter00' } },
      { name: 'openFile', argument: { file: 'src/limiter/rateLimiter.ts', line: 41 } },
      { name: 'openPrompt', argument: { agent: 'boldmarten00' } },
    ]);
  });

  it('pauses at once and asks before it stops', async () => {
    const page = await open(scenarios.running);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('toolbar', { name: 'Loop' }).getByRole('button', { name: 'Stop' }).click();
    await page.waitForFunction(() =>
      (globalThis as unknown as { asked: { name: string }[] }).asked.some(({ name }) => name === 'confirm'),
    );
    const loop = { loop: 'loop00000000' };
    const asked = await view.asked();
    assert.deepEqual(asked[0], { name: 'execute', argument: { operation: 'loop.pause', input: loop } });
    assert.equal(asked[1]?.name, 'confirm');
    await page.waitForFunction(() =>
      JSON.stringify((globalThis as unknown as { asked: unknown[] }).asked).includes('loop.stop'),
    );
  });

  it('says why a move is off instead of doing it', async () => {
    const page = await open(scenarios.running);
    const button = page.getByRole('button', { name: 'Approve myself' });
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    await button.click({ force: true });
    await page.getByRole('alert').getByText('You can approve it yourself once it is blocked').waitFor();
    assert.deepEqual(await view.asked(), []);
  });

  it('shows a refusal with what to do next, until it is put away', async () => {
    const page = await open(scenarios.refused);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('alert').getByText('cannot become paused. List them').waitFor();
    await page.getByRole('button', { name: 'Put this message away' }).click();
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  it('says what could not be read, and offers to try again', async () => {
    const page = await open(scenarios.missing);
    await page.getByRole('alert').getByText('There is no loop loop00000000.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  });

  it('at a gate leads to the review of what waits', async () => {
    const page = await open(scenarios.gate);
    const banner = page.getByRole('alert');
    await banner.getByText('Plan v3 waits for your review').waitFor();
    await banner.getByRole('button', { name: 'Review plan' }).click();
    assert.deepEqual(await view.asked(), [
      { name: 'openArtifact', argument: { artifact: 'plan00000000', version: 3 } },
    ]);
  });

  it('gives a loop at its limit one more round', async () => {
    const page = await open(scenarios.limit);
    await page.getByRole('alert').getByRole('button', { name: 'One more round' }).click();
    assert.deepEqual(await view.asked(), [
      {
        name: 'execute',
        argument: { operation: 'loop.resume', input: { loop: 'loop00000000', maxIterations: 3 } },
      },
    ]);
  });

  it('sends a note to the agent at work by Ctrl+Enter, and keeps its draft', async () => {
    const page = await open(scenarios.running);
    await rail().getByRole('button', { name: 'Message' }).click();
    await page.keyboard.type('Round up, never down');
    await page.keyboard.press('Escape');
    assert.deepEqual((await view.kept())['drafts'], { boldmarten00: 'Round up, never down' });
    await rail().getByRole('button', { name: 'Message' }).click();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('textbox', { name: 'Note to bold-marten' }).waitFor({ state: 'detached' });
    assert.deepEqual(await view.asked(), [
      {
        name: 'execute',
        argument: { operation: 'message.send', input: { to: 'bold-marten', body: 'Round up, never down' } },
      },
    ]);
  });

  it('tells a finished loop as a story, and shows its stages when asked', async () => {
    const page = await open(scenarios.approved);
    const story = page.getByRole('list', { name: 'What happened' });
    await story.getByText('You approved plan v3').waitFor();
    await page
      .getByRole('complementary', { name: 'Result' })
      .getByText('calm-lynx approved round 3')
      .waitFor();
    await story.getByRole('button', { name: 'Review v3' }).click();
    assert.deepEqual(await view.asked(), [
      { name: 'openArtifact', argument: { artifact: 'review000000', version: 3 } },
    ]);
    await page.getByRole('button', { name: 'Show stages' }).click();
    await card('plan, round 1').waitFor();
    assert.equal((await view.kept())['isStory'], false);
  });

  it('follows changes without drawing anew what stayed', async () => {
    const first = aLoop({ rounds: [aRound(1, [aRunningStage('plan', 'swift-heron', 1)])] });
    const page = await open({ loop: first });
    const plan = await card('plan, round 1').elementHandle();
    await card('plan, round 1').focus();
    await view.change(
      aLoop({ rounds: [aRound(1, [aDoneStage('plan', 'swift-heron', 2), aRunningStage('code', 'b', 0)])] }),
    );
    await card('plan, round 1: completed').waitFor();
    assert.equal(
      await plan?.getAttribute('aria-label'),
      'plan, round 1: completed, swift-heron, 2:00, plan is done',
    );
    assert.match((await focused()) ?? '', /^plan, round 1/);
    await page
      .getByRole('status')
      .getByText('plan, round 1: completed. code, round 1: running')
      .waitFor({ state: 'attached' });
    assert.equal(await card('code, round 1').getAttribute('aria-selected'), 'true');
  });

  it('ticks its clocks without touching anything else', async () => {
    const page = await open(scenarios.running);
    const changed = await page.evaluate<string[]>(`new Promise((resolve) => {
      const names = new Set();
      new MutationObserver((records) => {
        for (const { target } of records) names.add((target.localName ? target : target.parentElement).localName);
      }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      setTimeout(() => resolve([...names]), 2500);
    })`);
    // `time` is how long ago the last message came.
    assert.deepEqual(
      changed.filter((name) => name !== 'time'),
      ['sloop-clock'],
    );
  });

  it('comes back as it was left', async () => {
    const kept = { loop: 'loop00000000', chosen: '1:2', scroll: { grid: [120, 0] }, rounds: 12 };
    const page = await open(scenarios.twelve, { kept });
    assert.equal(await card('review, round 12').count(), 1);
    await page.getByRole('button', { name: 'Show earlier rounds' }).click();
    await card('review, round 1: ').waitFor();
    assert.equal(await card('review, round 1: ').getAttribute('aria-selected'), 'true');
    assert.equal((await scrolled()).left, 120);
    assert.equal((await view.kept())['rounds'], 36);
  });

  it('shows the newest round of many, and keeps to it', async () => {
    const page = await open(scenarios.twelve);
    const first = await scrolled();
    assert.ok(first.most > 0 && first.left >= first.most - 1);
    await page.locator('[data-keep=grid]').hover();
    await page.mouse.wheel(-5000, 0);
    await until(async () => (await scrolled()).left === 0);
    await view.change(scenarios.twelve.loop);
    await page.waitForTimeout(400);
    assert.equal((await scrolled()).left, 0);
  });

  it('in one column folds past rounds, opens the rail in place and keeps rare moves behind “…”', async () => {
    const page = await open(scenarios.running, { width: 500, height: 900 });
    assert.equal(await card('code, round 1').count(), 0);
    await page.getByRole('button', { name: 'Round 1' }).click();
    await card('code, round 1').waitFor();
    assert.equal(await page.locator('.round .rail.inline').count(), 1);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'One more round' }).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('menu').count(), 0);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 500);
  });
});
