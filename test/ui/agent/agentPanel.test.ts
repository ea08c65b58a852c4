import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { createPanelWorld, type PanelPage, type PanelPageOptions, type PanelWorld } from './panelWorld.ts';
import { longLog, scenarios, type Scenario } from './scenarios.ts';

/** Waits for what a page comes to. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not in time: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

interface Scrolled {
  readonly top: number;
  readonly left: number;
}

describe('the agent panel', function () {
  this.timeout(60_000);
  let world: PanelWorld;
  let view: PanelPage;
  before(async function () {
    this.timeout(180_000);
    world = await createPanelWorld(process.env['SLOOP_BUNDLE']);
  });
  after(() => world.dispose());
  afterEach(async () => {
    await view.page.close();
    assert.deepEqual(view.faults, []);
  });

  const open = async (scenario: Scenario, options?: PanelPageOptions) => {
    view = await world.open(scenario, options);
    await view.page.locator('sloop-agent h1').first().waitFor();
    await view.page.locator('.entry, .edge, .find').first().waitFor({ state: 'attached' });
    return view.page;
  };
  const entries = () => view.page.locator('.entry').count();
  /** How far it is scrolled, and how much there is left below. */
  const scrolled = () =>
    view.page
      .locator('.log')
      .evaluate<Scrolled, { scrollTop: number; scrollHeight: number; clientHeight: number }>(
        ({ scrollTop, scrollHeight, clientHeight }) => ({
          top: scrollTop,
          left: scrollHeight - clientHeight - scrollTop,
        }),
      );
  const scrollTo = (top: number) =>
    view.page.locator('.log').evaluate((box: { scrollTop: number }, to: number) => {
      box.scrollTop = to;
    }, top);

  it('shows who it is, what it said, what it changed and what it works on', async () => {
    const page = await open(scenarios.running);
    await page.getByRole('heading', { name: 'calm-heron' }).waitFor();
    assert.match((await page.getByRole('status').first().textContent()) ?? '', /running/);
    assert.equal(await page.locator('sloop-said strong', { hasText: 'reproduce' }).count(), 1);
    assert.equal((await page.locator('sloop-said pre code .hljs-keyword').count()) > 0, true);
    assert.equal(await page.getByRole('button', { name: '4 tool calls' }).count(), 1);
    const rail = page.getByRole('complementary', { name: 'Changes and details' });
    await rail.getByText('5 files').waitFor();
    await rail.getByText('A burst after an idle hour is limited').waitFor();
    await rail.getByText('Reproduced the burst after an idle hour').waitFor();
    await rail.getByText('$1.31, 3 agents').waitFor();
    await rail.getByText('work', { exact: true }).waitFor();
  });

  it('opens a changed file, all of them, and what it belongs to', async () => {
    const page = await open(scenarios.running);
    await page.getByTitle(/slidingWindow\.ts \(modified/).click();
    await page.getByRole('button', { name: 'Open all changes' }).click();
    await page.getByRole('button', { name: 'Make the rate limiter slide its window' }).first().click();
    await page.getByRole('link', { name: 'the RFC' }).click();
    await until(async () => (await view.asked()).length === 4);
    assert.deepEqual(await view.asked(), [
      { name: 'openDiff', argument: { repository: 'limiter', file: 'src/limiter/slidingWindow.ts' } },
      { name: 'open', argument: { place: 'changes' } },
      { name: 'reveal', argument: { noun: 'todo', id: 'todo0001' } },
      { name: 'openLink', argument: { url: 'https://www.rfc-editor.org/rfc/rfc6585' } },
    ]);
  });

  it('puts a question first, and sends its answer in place', async () => {
    const page = await open(scenarios.waiting);
    const box = page.getByRole('region', { name: 'calm-heron asks' });
    await box.getByText('Which one should the limiter answer with?').waitFor();
    await box.getByRole('textbox').fill('429, always.');
    await page.keyboard.press('Control+Enter');
    await until(async () => (await view.asked()).length === 1);
    assert.deepEqual(await view.asked(), [
      {
        name: 'execute',
        argument: { operation: 'message.answer', input: { message: 'question0001', body: '429, always.' } },
      },
    ]);
    await view.change({ ...scenarios.running });
    await until(async () => (await box.count()) === 0);
  });

  it('sends a message, and says how it arrives', async () => {
    const page = await open(scenarios.running);
    await page.getByText('It reads this at its next tool call.').waitFor();
    await page.locator('.composer').getByRole('textbox').fill('Mind the clock.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Sent: calm-heron reads it at its next tool call.').waitFor();
    assert.deepEqual(await view.asked(), [
      {
        name: 'execute',
        argument: { operation: 'message.send', input: { to: 'calm-heron', body: 'Mind the clock.' } },
      },
    ]);
    assert.equal((await view.kept())['draft'], '');
  });

  it('resumes an ended agent with what stands in the message box', async () => {
    const page = await open(scenarios.crashed);
    await page.getByText('It crashed.').waitFor();
    await page.locator('.composer').getByRole('textbox').fill('Use the fake clock.');
    await page.getByRole('button', { name: 'Resume with it' }).click();
    await until(async () => (await view.asked()).length === 1);
    assert.deepEqual((await view.asked())[0]?.argument, {
      operation: 'agent.resume',
      input: { agent: 'agent0000001', prompt: 'Use the fake clock.' },
    });
  });

  it('says why an agent cannot be resumed', async () => {
    const agent = { ...scenarios.crashed.agent, notResumable: 'aider never told a session.' } as never;
    const page = await open({ ...scenarios.crashed, agent });
    await page.locator('.banner').getByRole('button', { name: 'Resume' }).click({ force: true });
    await page.getByRole('alert').filter({ hasText: 'aider never told a session.' }).waitFor();
    assert.deepEqual(await view.asked(), []);
  });

  it('asks before it stops an agent or deletes its log, with counts', async () => {
    const page = await open(scenarios.running);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete its log…' }).click();
    await until(async () => (await view.asked()).length === 5);
    const asked = await view.asked();
    assert.deepEqual(
      asked.map(({ name }) => name),
      ['confirm', 'execute', 'execute', 'confirm', 'execute'],
    );
    assert.match(JSON.stringify(asked[3]), /812 pieces of output from 2 sessions/);
    assert.deepEqual(asked[4]?.argument, { operation: 'agent.deleteLog', input: { agent: 'agent0000001' } });
  });

  it('says what it waits for when it is prepared, and what is left when it was deleted', async () => {
    await open(scenarios.starting);
    await view.page.getByText('preparing its worktree').waitFor();
    await view.page.getByText('Nothing written yet.').waitFor();
    await view.page.close();
    const page = await open(scenarios.deleted, { kept: { agent: 'agent0000001', name: 'calm-heron' } });
    await page.getByText('This agent was deleted.').waitFor();
    await page.getByText('One test is left.').waitFor();
  });

  it('follows the end as more comes, and stays where the person reads', async () => {
    const log = longLog(400);
    const page = await open({ ...scenarios.running, log });
    await until(async () => (await scrolled()).left <= 24);
    await view.change({ log: [...log, ...more(400, 5)] });
    await page.getByText('Written later 404').waitFor();
    await until(async () => (await scrolled()).left <= 24);
    await page.locator('.log').hover();
    await page.mouse.wheel(0, -1200);
    await page.getByRole('button', { name: 'To the end' }).waitFor();
    const before = (await scrolled()).top;
    await view.change({ log: [...log, ...more(400, 40)] });
    await page.waitForTimeout(600);
    assert.ok(Math.abs((await scrolled()).top - before) < 40, 'what is read stays in sight');
    await page.getByRole('button', { name: /^To the end/ }).click();
    await page.getByText('Written later 439').waitFor();
    await until(async () => (await scrolled()).left <= 24);
  });

  it('holds 20,000 pieces: the page keeps a stretch of them, and scrolling back reads on', async () => {
    const began = Date.now();
    const page = await open({ ...scenarios.running, log: longLog(20_000) });
    await page.getByText('earlier pieces').waitFor();
    const openedIn = Date.now() - began;
    assert.ok((await entries()) <= 200);
    const first = await page.locator('.entry').first().getAttribute('data-entry');
    for (let step = 0; step < 12; step += 1) {
      await scrollTo(0);
      await page.waitForTimeout(150);
    }
    assert.notEqual(await page.locator('.entry').first().getAttribute('data-entry'), first);
    assert.ok((await entries()) <= 600, `${await entries()} entries are in the page`);
    await page.getByText('later pieces').waitFor();
    const frame = await longestFrame(page);
    console.log(`      opened in ${openedIn} ms; longest frame while scrolling ${frame.toFixed(0)} ms`);
    assert.ok(frame < 250, `a frame took ${frame} ms`);
  });

  it('finds words in the whole log, and shows a find in its place', async () => {
    const page = await open({ ...scenarios.running, log: longLog(20_000) });
    await page.getByRole('searchbox', { name: 'Search this log' }).fill('Piece 28:');
    await page.getByText('1 piece with “Piece 28:”').waitFor();
    await page.locator('.find').click();
    await page.locator('.entry.marked').waitFor();
    assert.match((await page.locator('.entry.marked').textContent()) ?? '', /Piece 28:/);
    assert.equal(await page.getByRole('searchbox').inputValue(), '');
    await page.getByText('later pieces').waitFor();
  });

  it('keeps place, draft and half over being hidden', async () => {
    const log = longLog(2000);
    await open({ ...scenarios.running, log }, { width: 480 });
    const { page } = view;
    await page.locator('.composer').getByRole('textbox').fill('Not sent yet');
    await page.locator('.log').hover();
    await page.mouse.wheel(0, -1500);
    await until(async () => (await view.kept())['at'] !== null);
    await page.getByRole('tab', { name: 'Changes and details' }).click();
    const kept = await view.kept();
    await page.close();
    await open({ ...scenarios.running, log }, { width: 480, kept });
    assert.equal(
      await view.page.getByRole('tab', { name: 'Changes and details' }).getAttribute('aria-selected'),
      'true',
    );
    await view.page.getByRole('tab', { name: 'Transcript' }).click();
    assert.equal(await view.page.locator('.composer').getByRole('textbox').inputValue(), 'Not sent yet');
    const { sequence } = (kept['at'] ?? {}) as { sequence?: number };
    assert.ok(sequence !== undefined);
    const there = view.page.locator(`[data-entry$=":${sequence}"]`);
    await until(async () => ((await there.boundingBox())?.y ?? -1000) > -400);
  });

  it('never runs what an agent wrote', async () => {
    const bad =
      '<img src=x onerror="window.hurt=1"> [x](javascript:window.hurt=1) <script>window.hurt=1</script>';
    const log = [{ ...scenarios.running.log[1], content: bad }] as Scenario['log'];
    const page = await open({ ...scenarios.running, log });
    await page.locator('sloop-said', { hasText: '<script>' }).waitFor();
    assert.equal(await page.locator('sloop-said img, sloop-said script').count(), 0);
    assert.equal(await page.evaluate('window.hurt'), undefined);
  });

  /** What is written after the first `from` pieces. */
  const more = (from: number, count: number): Scenario['log'] =>
    Array.from({ length: count }, (_, index) => ({
      sequence: from + 1 + index,
      kind: 'said' as const,
      content: `Written later ${from + index}`,
      time: scenarios.running.now as never,
      sessionNumber: 1,
    }));

  /** Milliseconds of the longest frame while the transcript is scrolled from end to end. */
  const longestFrame = (page: PanelPage['page']): Promise<number> =>
    page.evaluate<number>(
      `new Promise((resolve) => {
        const box = document.querySelector('.log');
        let longest = 0, before = performance.now(), frames = 0;
        const frame = () => {
          const now = performance.now();
          if (frames > 1) longest = Math.max(longest, now - before);
          before = now;
          frames += 1;
          box.scrollTop += 160;
          if (frames < 60) requestAnimationFrame(frame); else resolve(longest);
        };
        requestAnimationFrame(frame);
      })`,
    );
});
