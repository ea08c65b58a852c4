import assert from 'node:assert/strict';
import { role, type Role } from '../../../../src/domain/role/role.ts';
import { createTestHost, refusalOf } from '../../../support/testHost.ts';

const named = (name: string): Role =>
  role.parse({
    name,
    displayName: name,
    description: '',
    access: 'read-only',
    tools: [],
    prompt: `You are ${name}.`,
  });

describe('roles', () => {
  it('are listed with the files that could not be read, and shown whole', async () => {
    const roles = [named('coder'), named('plan'), named('reviewer')];
    const host = await createTestHost({
      surroundings: {
        roles: {
          list: () => roles,
          find: (name) => roles.find((known) => known.name === name),
          problems: () => ['.sloop/roles/baker.md:3: access: Invalid option'],
        },
      },
    });
    const first = await host.run('role.list', { limit: 2 });
    assert.deepEqual(
      first.items.map(({ name }) => name),
      ['coder', 'plan'],
    );
    assert.deepEqual([first.more, first.problems.length], [1, 1]);
    const rest = await host.run('role.list', { limit: 2, after: first.next ?? '' });
    assert.deepEqual(
      rest.items.map(({ name }) => name),
      ['reviewer'],
    );
    assert.equal((await host.run('role.show', { role: 'plan' })).prompt, 'You are plan.');
    const refusal = refusalOf(await host.as(host.person, 'role.show', { role: 'baker' }));
    assert.match(refusal.next, /coder, plan, reviewer/);
    host.dispose();
  });
});
