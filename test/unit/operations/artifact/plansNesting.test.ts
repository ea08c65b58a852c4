import assert from 'node:assert/strict';
import { createTestHost, type TestHost } from '../../../support/testHost.ts';

describe('a plan whose steps move below or above what they depend on', () => {
  let host: TestHost;
  beforeEach(async () => (host = await createTestHost()));
  afterEach(() => host.dispose());

  async function approve(contents: readonly string[]) {
    const { id } = await host.run('artifact.create', {
      title: 'Plan',
      type: 'plan',
      content: 'Nothing yet.',
    });
    const problems: string[] = [];
    for (const content of contents) {
      const { version, stage } = await host.run('artifact.update', { artifact: id, content });
      if (stage === 'draft') await host.run('artifact.stage', { artifacts: [id], stage: 'review' });
      const { plans } = await host.run('artifact.stage', {
        artifacts: [id],
        stage: 'final',
        versions: [version],
      });
      problems.push(...(plans[0]?.problems ?? []));
    }
    return problems;
  }

  it('is approved all the same, and told what could not be', async () => {
    const problems = await approve([
      '- [ ] A\n- [ ] A\n  - [ ] D',
      '- [ ] A\n  - [ ] A\n- [ ] D\n  - [ ] A (depends on 1.1)',
    ]);
    assert.ok(
      problems.every((problem) => /left out|stays|cannot/.test(problem)),
      problems.join('\n'),
    );
  });

  it('never lets a step wait for itself through its parent', async () => {
    await approve(['- [ ] A (depends on 2)\n- [ ] B', '- [ ] A (depends on 1.1)\n  - [ ] B']);
    const todos = (await host.run('todo.list', { all: true })).items;
    assert.ok(
      todos.some(({ status }) => status === 'pending'),
      'something can be begun',
    );
  });
});
