import assert from 'node:assert/strict';
import type { AccountId } from '../../../../src/domain/ids.ts';
import type { InputOf } from '../../../../src/operations/client.ts';
import { aSession } from '../../../support/builders.ts';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

describe('accounts', () => {
  let host: TestHost;
  beforeEach(async () => (host = await createTestHost()));
  afterEach(() => host.dispose());

  const add = (fields: Partial<InputOf<'account.add'>> = {}) =>
    host.run('account.add', {
      provider: 'claude',
      label: 'work',
      variables: ['ANTHROPIC_API_KEY'],
      ...fields,
    });
  const refused = async (fields: Partial<InputOf<'account.add'>>) =>
    refusalOf(
      await host.as(host.person, 'account.add', {
        provider: 'claude',
        label: 'new',
        variables: [],
        ...fields,
      }),
    );

  it('are listed in their order, with whether they can be used', async () => {
    await add();
    await add({ label: 'home' });
    const { items } = await host.run('account.list', { provider: 'claude' });
    assert.deepEqual(
      items.map(({ label, sortOrder, available }) => [label, sortOrder, available]),
      [
        ['work', 1, true],
        ['home', 2, true],
      ],
    );
  });

  it('take the id that their credentials are kept under already, once', async () => {
    const account = 'abcdefghijkl' as AccountId;
    assert.equal((await add({ account })).id, account);
    assert.equal((await refused({ account, variables: ['ANTHROPIC_API_KEY'] })).code, 'conflict');
  });

  it('are refused with what the provider takes', async () => {
    const unknown = await refused({ variables: ['OPENAI_API_KEY'] });
    assert.match(unknown.message, /takes no credential OPENAI_API_KEY/);
    assert.match(unknown.next, /ANTHROPIC_API_KEY, CLAUDE_CODE_OAUTH_TOKEN, kind folder/);
    assert.match((await refused({})).message, /each variable/);
    assert.match((await refused({ provider: 'nobody' })).next, /claude, codex/);
    assert.match((await refused({ provider: 'command', kind: 'folder' })).next, /own login/);
    assert.match(
      (await refused({ kind: 'folder', variables: ['ANTHROPIC_API_KEY'] })).message,
      /kind environment/,
    );
    await add();
    assert.match((await refused({ label: 'work', variables: ['ANTHROPIC_API_KEY'] })).message, /already/);
  });

  it('count the own login of the provider once', async () => {
    const own = await add({ kind: 'own', label: 'mine', variables: [] });
    assert.deepEqual([own.kind, own.variables], ['environment', []]);
    assert.match((await refused({ kind: 'own' })).message, /already/);
  });

  it('change label and order, and are taken into use again by hand', async () => {
    const { id } = await add();
    await host.tables((tables) => {
      const row = tables.account.find(id);
      if (row !== undefined) tables.account.update({ ...row, isExhausted: true, exhaustedReason: 'spent' });
    });
    const changed = await host.run('account.update', { account: id, label: 'team', order: 5 });
    assert.deepEqual([changed.label, changed.sortOrder, changed.isExhausted], ['team', 5, true]);
    const reset = await host.run('account.reset', { account: id });
    assert.deepEqual([reset.isExhausted, reset.exhaustedUntil, reset.exhaustedReason], [false, null, null]);
  });

  it('are removed after saying what goes, not while an agent uses them', async () => {
    const { id } = await add({ kind: 'folder', variables: [] });
    const session = aSession();
    const agent = anAgent({ sessionId: session.id, accountId: id });
    await host.tables((tables) => {
      tables.session.insert(session);
      tables.agent.insert(agent);
    });
    const busy = refusalOf(await host.as(host.person, 'account.remove', { account: id }));
    assert.match(busy.message, /calm-heron uses the account work/);
    await host.tables((tables) => tables.agent.update({ ...agent, status: 'idle' }));
    const dry = await host.run('account.remove', { account: id, dryRun: true });
    assert.deepEqual([dry.folder, dry.agents, dry.removed], [true, 1, 'work']);
    assert.equal((await host.run('account.list', {})).items.length, 1);
    await host.run('account.remove', { account: id });
    assert.equal((await host.run('account.list', {})).items.length, 0);
    assert.equal(await host.tables((tables) => tables.agent.find(agent.id)?.accountId), null);
  });

  it('are the person’s: an agent sees none and changes none', async () => {
    const { id } = await add();
    const session = aSession();
    const agent = anAgent({ sessionId: session.id });
    await host.tables((tables) => {
      tables.session.insert(session);
      tables.agent.insert(agent);
    });
    const list = await host.as(callerOf(agent), 'account.list', {});
    assert.ok(list.ok);
    assert.deepEqual(list.value.items, []);
    assert.equal(
      refusalOf(await host.as(callerOf(agent), 'account.reset', { account: id })).code,
      'forbidden',
    );
  });
});
