// How the review bears 10,000 lines and 200 versions: node --import ./test/support/register.mjs test/ui/review/measure.ts [BUNDLE]
import { createReviewWorld, type ReviewPage } from './reviewWorld.ts';

const [, , bundle] = process.argv;
const world = await createReviewWorld(bundle);
const { host } = world;
await host.run('project.create', { slug: 'long', title: 'Long' });

const line = (at: number, version: number) => {
  if (at % 40 === 0) return `## Part ${at / 40}`;
  if (at % 40 === 20) return '```ts';
  if (at % 40 === 23) return '```';
  if (at % 40 > 20 && at % 40 < 23) return `const value${at} = compute(${at}, 'text'); // step ${at}`;
  const changed = at % 97 === version % 7 ? `, as version ${version} says` : '';
  return at % 2 === 0
    ? ''
    : `Line ${at} of a text that is as long as lines are in plans that agents write${changed}.`;
};
const text = (version: number) => Array.from({ length: 10_000 }, (_, at) => line(at, version)).join('\n');

const { id } = await host.run('artifact.create', {
  title: 'A long document',
  type: 'document',
  content: text(1),
});
for (let version = 2; version <= 200; version += 1)
  await host.run('artifact.update', {
    artifact: id,
    content: text(version),
    changeSummary: `Version ${version}`,
  });

interface InPage {
  longest: number;
  tasks: number[];
  PerformanceObserver: new (told: (list: { getEntries(): { duration: number }[] }) => void) => {
    observe(what: { type: string; buffered: boolean }): void;
  };
}

/** Runs in the page: gathers tasks of more than 50 ms. */
const watch = () => {
  const page = globalThis as unknown as InPage;
  page.tasks = [];
  new page.PerformanceObserver((list) =>
    page.tasks.push(...list.getEntries().map(({ duration }) => duration)),
  ).observe({
    type: 'longtask',
    buffered: true,
  });
};

async function told(name: string, { page }: ReviewPage, act: () => Promise<unknown>): Promise<void> {
  await page.evaluate(() => void ((globalThis as unknown as InPage).tasks = []));
  const began = performance.now();
  await act();
  const took = performance.now() - began;
  await page.waitForTimeout(300);
  const tasks = await page.evaluate(() => (globalThis as unknown as InPage).tasks);
  const elements = await page.locator('*').count();
  console.log(
    `${name}: ${Math.round(took)} ms; tasks over 50 ms: ${tasks.map(Math.round).join(', ') || 'none'}; ${elements} elements`,
  );
}

for (const kind of ['side', 'inline', 'rendered'] as const) {
  const began = performance.now();
  const opened = await world.open({ artifact: id, lastSeen: 150, kept: { artifact: id, kind } });
  await opened.page.locator('.view').waitFor();
  console.log(`${kind}, opened in a new page: ${Math.round(performance.now() - began)} ms`);
  await opened.page.evaluate(watch);
  await opened.page.waitForTimeout(1500);
  const tasks = await opened.page.evaluate(() => (globalThis as unknown as InPage).tasks);
  console.log(`${kind}, opening: tasks over 50 ms: ${tasks.map(Math.round).join(', ') || 'none'}`);
  await told(`${kind}, next change × 20`, opened, async () => {
    for (let at = 0; at < 20; at += 1) await opened.page.keyboard.press('Alt+F5');
  });
  await told(`${kind}, scrolled through by the wheel`, opened, async () => {
    await opened.page.mouse.move(400, 400);
    for (let at = 0; at < 60; at += 1) await opened.page.mouse.wheel(0, 2000);
  });
  await told(`${kind}, version list scrolled`, opened, async () => {
    await opened.page.mouse.move(1000, 400);
    for (let at = 0; at < 20; at += 1) await opened.page.mouse.wheel(0, 500);
  });
  await told(`${kind}, another version chosen`, opened, async () => {
    await opened.page.locator('.ver[data-version="120"]').click();
    await opened.page.getByText('v119', { exact: true }).first().waitFor();
    await opened.page.locator('main[aria-busy=false] .view').waitFor();
  });
  await opened.page.close();
}
await world.dispose();
