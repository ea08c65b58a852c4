import assert from 'node:assert/strict';
import { rolesAsSet, type RoleSettings } from '../../../../src/agents/settings/roleSettings.ts';
import { role, type RoleCatalog } from '../../../../src/domain/role/role.ts';

const coder = role.parse({
  ...{ name: 'coder', displayName: 'Coder', description: 'd', access: 'full', tools: [], prompt: 'Code.' },
  ...{ provider: 'claude', model: 'opus', effort: 'high' },
});
const files: RoleCatalog = {
  list: () => [coder],
  find: (name) => (name === coder.name ? coder : undefined),
  problems: () => ['a file'],
};
const asSet = (settings: RoleSettings) => {
  const { provider, model, effort } = rolesAsSet(files, { coder: settings }).find('coder') ?? coder;
  return [provider, model, effort];
};

describe('a role as a person has set it', () => {
  it('is its file’s where nothing is set', () => {
    assert.deepEqual(asSet({}), ['claude', 'opus', 'high']);
    assert.deepEqual(rolesAsSet(files, {}).list(), [coder]);
    assert.equal(rolesAsSet(files, {}).find('tester'), undefined);
  });

  it('keeps of its file what is not set', () => {
    assert.deepEqual(asSet({ model: 'haiku' }), ['claude', 'haiku', 'high']);
    assert.deepEqual(asSet({ provider: 'claude', effort: 'low' }), ['claude', 'opus', 'low']);
  });

  it('does not carry a model over to another provider', () => {
    assert.deepEqual(asSet({ provider: 'codex' }), ['codex', null, null]);
    assert.deepEqual(asSet({ provider: 'codex', model: 'gpt' }), ['codex', 'gpt', null]);
  });

  it('is told of when there is none of its name', () => {
    assert.deepEqual(rolesAsSet(files, { codr: {} }).problems(), [
      'a file',
      'settings.yaml: roles: there is no role codr',
    ]);
  });
});
