import assert from 'node:assert/strict';
import { aBusyWorkspace, type BusyWorkspace } from '../../../support/busyWorkspace.ts';

/** What the inbox tells of merges and accounts: only what a person is needed for. */
describe('the inbox of parallel work', () => {
  let world: BusyWorkspace;
  beforeEach(async () => (world = await aBusyWorkspace()));
  afterEach(() => world.host.dispose());

  const titles = async (kind: 'merge' | 'account') => {
    const client = world.host.executor.clientFor(world.person, 'view');
    const list = await client.execute('message.inbox', { kind: [kind], limit: 100 });
    assert.ok(list.ok);
    return list.value.items.map(({ title }) => title);
  };

  it('has merges that wait for approval or failed, and no queued ones', async () => {
    const found = await titles('merge');
    assert.ok(
      found.some((title) => /^Merge into .*: waiting_approval$/.test(title)),
      found.join('\n'),
    );
    assert.ok(
      found.some((title) => /^Not merged into .*: failed/.test(title)),
      found.join('\n'),
    );
    await world.host.tables(({ merge }) => {
      for (const row of merge.all({})) merge.update({ ...row, status: 'queued' });
    });
    assert.deepEqual(await titles('merge'), []);
  });

  it('has a conflict as long as no agent goes on with it', async () => {
    const conflict = (dispatch: 'on' | 'off') =>
      world.host.tables(({ merge, project }) => {
        for (const row of merge.all({}))
          merge.update({
            ...row,
            status: 'conflict',
            files: ['a.ts'],
            projectId: world.project.ids.project as never,
            conflictTodoId: 'treadyxx' as never,
          });
        const found = project.find(world.project.ids.project as never);
        if (found !== undefined) project.update({ ...found, dispatch });
      });
    await conflict('off');
    assert.match((await titles('merge'))[0] ?? '', /^Conflict with .* in 1 file: /);
    await conflict('on');
    assert.deepEqual(await titles('merge'), []);
  });

  it('has a provider when none of its accounts can be used', async () => {
    const exhaust = (count: number) =>
      world.host.tables(({ account }) =>
        account
          .all({})
          .forEach((row, index) =>
            account.update({ ...row, provider: 'claude', isExhausted: index < count, exhaustedUntil: null }),
          ),
      );
    const all = await world.host.tables(({ account }) => account.all({}).length);
    assert.ok(all > 0);
    await exhaust(all - 1);
    assert.deepEqual(await titles('account'), []);
    await exhaust(all);
    assert.deepEqual(await titles('account'), ['Every account of claude is exhausted']);
  });
});
