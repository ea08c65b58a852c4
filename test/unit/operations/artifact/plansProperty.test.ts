import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ArtifactId } from '../../../../src/domain/ids.ts';
import { planSteps } from '../../../../src/domain/artifact/planSteps.ts';
import { createTestHost, type TestHost } from '../../../support/testHost.ts';

const line = fc
  .record({
    depth: fc.integer({ min: 0, max: 3 }),
    title: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    hint: fc.constantFrom('', ' (high)', ' (depends on 1)', ' (depends on 2, 3)', ' (depends on 1.1)'),
    tick: fc.constantFrom(' ', ' ', ' ', 'x'),
  })
  .map(({ depth, title, hint, tick }) => `${'  '.repeat(depth)}- [${tick}] ${title}${hint}`);
const plan = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));

const markdown = fc
  .array(
    fc.oneof(
      line,
      fc.constantFrom(
        '## Steps',
        '## Step 1: A',
        '### Step 2',
        '# Other',
        '1. one',
        '2. two (depends on 1)',
        '   1. part',
        '```',
        '> - [ ] quoted',
        '',
      ),
      fc.string({ maxLength: 20 }),
    ),
    { maxLength: 30 },
  )
  .map((lines) => lines.join('\n'));

describe('any plan', () => {
  it('reads as at most 100 titled steps whose references stand in the list and never lead round', () => {
    fc.assert(
      fc.property(markdown, (content) => {
        const { steps } = planSteps({ content, metadata: {} });
        assert.ok(steps.length <= 100);
        const settled = new Set<number>();
        for (const [index, step] of steps.entries()) {
          assert.ok(step.title !== '' && step.title.length <= 200);
          assert.ok(step.parent === null || (step.parent >= 1 && step.parent <= index));
        }
        // Taking away what waits for nothing, again and again, must leave nothing.
        for (let before = -1; before < settled.size;) {
          before = settled.size;
          for (const [index, { dependsOn }] of steps.entries())
            if (dependsOn.every((on) => settled.has(on))) settled.add(index + 1);
        }
        assert.equal(settled.size, steps.length);
      }),
      { numRuns: 300 },
    );
  });

  it('approved again changes no todo, whatever came before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(plan, { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat(5)),
        async (plans, dice) => {
          const host = await createTestHost();
          try {
            const { id } = await host.run('artifact.create', {
              title: 'Plan',
              type: 'plan',
              content: 'Nothing yet.',
            });
            for (const [round, content] of plans.entries()) {
              await finalise(host, id, `${content}\n\nRound ${round}.`);
              await live(host, id, dice);
            }
            const last = plans.at(-1) ?? '';
            await finalise(host, id, `${last}\n\nThe same again.`);
            const before = await host.tables((tables) => tables.todo.all({}));
            const sequence = await host.tables((tables) => tables.event.latest());
            const { created, cancelled } = await finalise(host, id, `${last}\n\nAnd again.`);
            assert.deepEqual([created, cancelled], [0, 0]);
            assert.deepEqual(
              (await host.tables((tables) => tables.todo.all({}))).map((todo) => ({
                ...todo,
                updatedAt: '',
              })),
              before.map((todo) => ({ ...todo, updatedAt: '' })),
            );
            const { items } = await host.run('event.list', { noun: ['todo'], since: sequence });
            assert.deepEqual(items, []);
          } finally {
            host.dispose();
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

async function finalise(host: TestHost, artifact: ArtifactId, content: string) {
  const { version, stage } = await host.run('artifact.update', { artifact, content });
  if (stage === 'draft') await host.run('artifact.stage', { artifacts: [artifact], stage: 'review' });
  const { plans } = await host.run('artifact.stage', {
    artifacts: [artifact],
    stage: 'final',
    versions: [version],
  });
  const [outcome] = plans;
  assert.ok(outcome);
  return outcome;
}

/** Something happens to each todo of the plan, or nothing does. Refusals are fine: not every state allows all. */
async function live(host: TestHost, artifact: ArtifactId, dice: Iterator<number>): Promise<void> {
  const todos = await host.tables((tables) => tables.todo.all({ artifactId: artifact }));
  for (const { id } of todos) {
    const fate = dice.next().value as number;
    if (fate === 0) await host.as(host.person, 'todo.claim', { todo: id });
    if (fate === 1) await host.as(host.person, 'todo.complete', { todos: [id] });
    if (fate === 2) await host.as(host.person, 'todo.cancel', { todos: [id] });
    if (fate === 3) await host.as(host.person, 'todo.block', { todo: id, reason: 'why not' });
  }
}
