import assert from 'node:assert/strict';
import type { ArtifactId, TodoId } from '../../../../src/domain/ids.ts';
import type { OutputOf } from '../../../../src/operations/client.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

const steps = (...titles: string[]) => titles.map((title) => `- [ ] ${title}`).join('\n');

describe('plans', () => {
  let host: TestHost;
  beforeEach(async () => {
    host = await createTestHost();
    await host.run('project.create', { title: 'Lamp' });
  });
  afterEach(() => host.dispose());

  const create = async (content: string, more: object = {}): Promise<ArtifactId> =>
    (await host.run('artifact.create', { title: 'Plan', type: 'plan', content, project: 'lamp', ...more }))
      .id;

  /** Brings the plan to final, from wherever it is. */
  async function finalise(artifact: ArtifactId): Promise<OutputOf<'artifact.stage'>['plans'][number]> {
    const { newestVersion, stage } = await host.run('artifact.show', { artifact });
    if (stage === 'draft') await host.run('artifact.stage', { artifacts: [artifact], stage: 'review' });
    const { plans } = await host.run('artifact.stage', {
      artifacts: [artifact],
      stage: 'final',
      versions: [newestVersion],
    });
    assert.ok(plans[0]);
    return plans[0];
  }

  const rewrite = (artifact: ArtifactId, content: string) =>
    host.run('artifact.update', { artifact, content });
  const show = (todo: TodoId) => host.run('todo.show', { todo });

  /** Todos of the plan in list order: `title status !priority ^parent <- dependencies`. */
  async function listed(): Promise<string[]> {
    const { items } = await host.run('todo.list', { project: 'lamp', all: true });
    const rows = await Promise.all(items.map(({ id }) => show(id)));
    const titles = new Map(rows.map(({ id, title }) => [id, title]));
    return rows.map(({ title, status, priority, parentId, dependencies }) =>
      [
        title,
        status,
        priority === 'medium' ? '' : `!${priority}`,
        parentId === null ? '' : `^${titles.get(parentId)}`,
        dependencies.length === 0 ? '' : `<- ${dependencies.map((row) => row.title).join(',')}`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    );
  }

  it('become todos when final: nested, with priority and dependencies, linked to the plan', async () => {
    const sprint = await host.run('sprint.create', { title: 'One', project: 'lamp' });
    const plan = await create('- [ ] A (high)\n  - [ ] A1\n- [ ] B (depends on 1)\n- [x] Done', {
      sprint: sprint.id,
    });
    const outcome = await finalise(plan);
    assert.deepEqual([outcome.created, outcome.kept, outcome.note], [3, 1, null]);
    assert.deepEqual(await listed(), ['A pending !high', 'A1 pending ^A', 'B blocked <- A']);
    const [first] = outcome.todos;
    assert.ok(first);
    const todo = await show(first.id);
    assert.deepEqual([todo.artifactId, todo.planPosition, todo.sprintId], [plan, 1, sprint.id]);
  });

  it('show beforehand what would happen, and it happens so', async () => {
    const plan = await create(steps('A', 'B (depends on 1)'));
    const before = await host.run('artifact.planSteps', { artifact: plan });
    assert.deepEqual(
      before.steps.map(({ title, action, dependsOn }) => [title, action, dependsOn]),
      [
        ['A', 'create', []],
        ['B', 'create', [1]],
      ],
    );
    assert.deepEqual(await listed(), []);
    await finalise(plan);
    await rewrite(plan, steps('A', 'C', 'B'));
    const again = await host.run('artifact.planSteps', { artifact: plan });
    assert.deepEqual(
      again.steps.map(({ title, action }) => `${title} ${action}`),
      ['A keep', 'C create', 'B update'],
    );
    const outcome = await finalise(plan);
    assert.deepEqual([outcome.created, outcome.updated, outcome.kept], [1, 1, 1]);
    assert.deepEqual(await listed(), ['A pending', 'C pending', 'B pending']);
  });

  it('hold as final without steps, and say so', async () => {
    const plan = await create('Only prose.');
    const outcome = await finalise(plan);
    assert.match(outcome.note ?? '', /no steps/);
    assert.equal((await host.run('artifact.show', { artifact: plan })).stage, 'final');
    const other = await host.run('artifact.create', { title: 'Doc', content: steps('A'), project: 'lamp' });
    await host.run('artifact.stage', { artifacts: [other.id], stage: 'review' });
    const { plans } = await host.run('artifact.stage', {
      artifacts: [other.id],
      stage: 'final',
      versions: [1],
    });
    assert.deepEqual(plans, []);
    assert.equal(
      refusalOf(await host.as(host.person, 'artifact.planSteps', { artifact: other.id })).code,
      'conflict',
    );
  });

  it('never double, however often they are approved', async () => {
    const plan = await create(steps('A', 'B', 'A'));
    const first = await finalise(plan);
    for (const text of ['# Again', '# And again']) {
      await rewrite(plan, `${text}\n\n${steps('A', 'B', 'A')}`);
      const outcome = await finalise(plan);
      assert.deepEqual([outcome.created, outcome.updated, outcome.kept], [0, 0, 3]);
      assert.deepEqual(
        outcome.todos.map(({ id }) => id),
        first.todos.map(({ id }) => id),
      );
    }
  });

  it('find their todos by title first, then by place', async () => {
    const plan = await create(steps('A', 'B', 'C'));
    const first = await finalise(plan);
    const [a, b, c] = first.todos.map(({ id }) => id);
    await rewrite(plan, steps('New', 'C', 'b', 'A!'));
    const outcome = await finalise(plan);
    // C and b by their titles; New takes the place of A, and A! at a new place is new.
    assert.deepEqual(
      outcome.todos.slice(0, 3).map(({ id }) => id),
      [a, c, b],
    );
    assert.deepEqual(await listed(), ['New pending', 'C pending', 'b pending', 'A! pending']);
  });

  it('keep what was started or decided, whatever the new version says', async () => {
    const plan = await create(steps('Run', 'Done', 'Held', 'Dropped', 'Left'));
    const [run, done, held, dropped, left] = (await finalise(plan)).todos.map(({ id }) => id);
    assert.ok(run && done && held && dropped && left);
    await host.run('todo.claim', { todo: run });
    await host.run('todo.complete', { todos: [done] });
    await host.run('todo.block', { todo: held, reason: 'no key' });
    await host.run('todo.cancel', { todos: [dropped] });
    await rewrite(plan, '- [ ] Run (critical)\n- [ ] Something else\n- [ ] Dropped\n');
    const outcome = await finalise(plan);
    assert.deepEqual([outcome.created, outcome.kept, outcome.cancelled], [1, 2, 1]);
    const status = async (id: TodoId) => (await show(id)).status;
    assert.deepEqual(
      [await status(run), await status(done), await status(held), await status(dropped), await status(left)],
      ['in_progress', 'completed', 'blocked', 'cancelled', 'cancelled'],
    );
    assert.equal((await show(run)).priority, 'medium');
    assert.equal((await show(left)).planPosition, null);
  });

  it('make a step that comes back anew, and let go of what waited for a dropped one', async () => {
    const plan = await create(steps('A', 'B (depends on 1)'));
    const [a, b] = (await finalise(plan)).todos.map(({ id }) => id);
    assert.ok(a && b);
    await rewrite(plan, steps('B'));
    assert.equal((await finalise(plan)).cancelled, 1);
    assert.deepEqual([(await show(a)).status, (await show(b)).status], ['cancelled', 'pending']);
    await rewrite(plan, steps('B', 'A'));
    const outcome = await finalise(plan);
    assert.deepEqual([outcome.created, outcome.kept], [1, 1]);
  });

  it('leave a todo that was added to the plan by hand alone', async () => {
    const plan = await create(steps('A'));
    const [a] = (await finalise(plan)).todos;
    assert.ok(a);
    const hand = await host.run('todo.create', {
      title: 'By hand',
      artifact: plan,
      project: 'lamp',
      dependsOn: [a.id],
    });
    await host.run('todo.depend', {
      todo: a.id,
      on: (await host.run('todo.create', { title: 'X', project: 'lamp' })).todos[0]?.id as never,
    });
    await rewrite(plan, steps('A', 'B'));
    const outcome = await finalise(plan);
    assert.equal(outcome.todos.length, 2);
    assert.equal((await show(hand.todos[0]?.id as never)).status, 'blocked');
    assert.equal((await show(a.id)).dependencies.length, 1);
  });

  it('tell of a dependency that one made by hand forbids', async () => {
    const plan = await create(steps('A', 'B'));
    const [a, b] = (await finalise(plan)).todos;
    assert.ok(a && b);
    const { todos } = await host.run('todo.create', { title: 'X', project: 'lamp', dependsOn: [b.id] });
    await host.run('todo.depend', { todo: a.id, on: todos[0]?.id as never });
    await rewrite(plan, steps('A', 'B (depends on 1)'));
    const outcome = await finalise(plan);
    assert.match(outcome.problems.join(), /"B" cannot wait for/);
  });

  it('take steps as data before the text, and a change of them is a new version', async () => {
    const plan = await create('- [ ] from the text', {
      steps: [{ title: 'A' }, { title: 'B', parent: 1, dependsOn: [] }],
    });
    await finalise(plan);
    assert.deepEqual(await listed(), ['A pending', 'B pending ^A']);
    await host.run('artifact.update', { artifact: plan, steps: [{ title: 'A' }] });
    const { stage, version } = await host.run('artifact.show', { artifact: plan });
    assert.deepEqual([stage, version], ['draft', 2]);
    assert.equal((await finalise(plan)).cancelled, 1);
  });

  it('move parts to another step, and keep order', async () => {
    const plan = await create('- [ ] A\n  - [ ] x\n- [ ] B');
    await finalise(plan);
    await rewrite(plan, '- [ ] B\n  - [ ] x\n- [ ] A');
    await finalise(plan);
    assert.deepEqual(await listed(), ['B pending', 'x pending ^B', 'A pending']);
  });

  it('never put a todo below its own part, even when that was started and stays', async () => {
    const plan = await create('- [ ] A\n  - [ ] x');
    const [a, x] = (await finalise(plan)).todos.map(({ id }) => id);
    assert.ok(a && x);
    await host.run('todo.claim', { todo: x });
    await rewrite(plan, '- [ ] x\n  - [ ] A');
    const outcome = await finalise(plan);
    assert.match(outcome.problems.join(), /"A" stays above/);
    assert.deepEqual([(await show(a)).parentId, (await show(x)).parentId], [null, a]);
  });

  it('approved in bulk make the todos of each', async () => {
    const [one, two] = [await create(steps('A')), await create(steps('B'))];
    await host.run('artifact.stage', { artifacts: [one, two], stage: 'review' });
    const { plans } = await host.run('artifact.stage', {
      artifacts: [one, two],
      stage: 'final',
      versions: [1, 1],
    });
    assert.deepEqual(
      plans.map(({ artifact, created }) => [artifact, created]),
      [
        [one, 1],
        [two, 1],
      ],
    );
  });
});
