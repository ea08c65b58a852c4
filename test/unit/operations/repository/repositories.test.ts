import assert from 'node:assert/strict';
import type { FoundRepository } from '../../../../src/domain/repository/repository.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

const found = (root: string): FoundRepository => ({ kind: 'found', root, defaultBranch: 'trunk' });

describe('repositories', () => {
  let host: TestHost;
  beforeEach(async () => {
    host = await createTestHost({
      repositories: {
        '/code/lamp': found('/code/lamp'),
        '/code/lamp/src': found('/code/lamp'),
        '/other/lamp': found('/other/lamp'),
        '/code/plain': { kind: 'not_git' },
      },
    });
  });
  afterEach(() => host.dispose());
  const register = (input: { path: string; name?: string; url?: string }) =>
    host.as(host.person, 'repository.register', input);

  it('are registered at their root, named after its folder, with its branch', async () => {
    const row = await host.run('repository.register', { path: '/code/lamp/src' });
    assert.deepEqual([row.path, row.name, row.defaultBranch], ['/code/lamp', 'lamp', 'trunk']);
  });

  it('are refused when absent, when no git repository, or when known by path, name or address', async () => {
    assert.equal(refusalOf(await register({ path: '/nowhere' })).code, 'missing');
    assert.equal(refusalOf(await register({ path: '/code/plain' })).code, 'invalid');
    await host.run('repository.register', { path: '/code/lamp', url: 'https://example.org/lamp' });
    for (const again of [
      { path: '/code/lamp/src', name: 'other' },
      { path: '/other/lamp' },
      { path: '/other/lamp', name: 'other', url: 'https://example.org/lamp' },
    ]) {
      const refusal = refusalOf(await register(again));
      assert.equal(refusal.code, 'conflict', JSON.stringify(again));
    }
    assert.ok((await register({ path: '/other/lamp', name: 'other' })).ok);
  });

  it('are changed within the same rules', async () => {
    await host.run('repository.register', { path: '/code/lamp' });
    await host.run('repository.register', { path: '/other/lamp', name: 'other' });
    const update = (input: object) =>
      host.as(host.person, 'repository.update', { repository: 'other', ...input });
    assert.equal(refusalOf(await update({ name: 'lamp' })).code, 'conflict');
    assert.equal(refusalOf(await update({ path: '/code/lamp' })).code, 'conflict');
    assert.equal(refusalOf(await update({ path: '/nowhere' })).code, 'missing');
    assert.ok((await update({ name: 'other', defaultBranch: 'main', url: null })).ok);
    assert.equal((await host.run('repository.show', { repository: 'other' })).defaultBranch, 'main');
  });

  it('are forgotten, and projects lose them', async () => {
    await host.run('repository.register', { path: '/code/lamp' });
    await host.run('project.create', { title: 'Lamp', repositories: ['lamp'] });
    const dry = await host.run('repository.remove', { repository: 'lamp', dryRun: true });
    assert.equal((await host.run('repository.list', {})).items.length, 1);
    const done = await host.run('repository.remove', { repository: 'lamp' });
    assert.deepEqual({ ...dry, dryRun: false }, done);
    assert.deepEqual(
      done.projects.map(({ slug }) => slug),
      ['lamp'],
    );
    assert.deepEqual((await host.run('project.show', { project: 'lamp' })).repositories, []);
    assert.equal(
      refusalOf(await host.as(host.person, 'repository.show', { repository: 'lamp' })).code,
      'missing',
    );
  });
});
