import assert from 'node:assert/strict';
import type { PersonCaller } from '../../../../src/domain/caller.ts';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

const root = '/code/lamp';

describe('projects', () => {
  let host: TestHost;
  let person: PersonCaller;
  beforeEach(async () => {
    host = await createTestHost({ repositories: { [root]: { kind: 'found', root, defaultBranch: 'main' } } });
    person = { ...host.person, sessionId: (await host.run('session.start', { title: 'Work' })).id };
  });
  afterEach(() => host.dispose());

  const value = async <T>(result: Promise<{ ok: boolean }>): Promise<T> => {
    const settled = (await result) as { ok: true; value: T };
    assert.ok(settled.ok, JSON.stringify(settled));
    return settled.value;
  };

  it('get a slug from their title, a free one, and a root page', async () => {
    const one = await host.run('project.create', { title: 'Déjà Vu: a lamp!' });
    const two = await host.run('project.create', { title: 'Deja vu, a lamp' });
    assert.deepEqual([one.slug, two.slug], ['deja-vu-a-lamp', 'deja-vu-a-lamp-2']);
    const { rootPage } = await host.run('project.show', { project: one.slug });
    assert.ok(rootPage);
    const page = await host.run('artifact.show', { artifact: rootPage });
    assert.deepEqual([page.type, page.title, page.parentId], ['page', 'Déjà Vu: a lamp!', null]);
  });

  it('refuse a slug that is taken or badly formed', async () => {
    await host.run('project.create', { title: 'A', slug: 'lamp' });
    const taken = refusalOf(await host.as(person, 'project.create', { title: 'B', slug: 'lamp' }));
    assert.equal(taken.code, 'conflict');
    for (const slug of ['', '-a', 'a-', 'a--b', 'A', 'ä', 'x'.repeat(65)])
      assert.equal(
        refusalOf(await host.as(person, 'project.create', { title: 'B', slug })).code,
        'invalid',
        slug,
      );
    const other = await host.run('project.create', { title: 'B' });
    const update = refusalOf(await host.as(person, 'project.update', { project: other.id, slug: 'lamp' }));
    assert.equal(update.code, 'conflict');
    await host.run('project.update', { project: 'lamp', slug: 'lamp', title: 'Still A' });
  });

  it('become active in a session that has none, and only then', async () => {
    const first = await value<{ id: string }>(host.as(person, 'project.create', { title: 'First' }));
    await value(host.as(person, 'project.create', { title: 'Second' }));
    const session = await value<{ projectId: string }>(host.as(person, 'session.show', {}));
    assert.equal(session.projectId, first.id);
    await value(host.as(person, 'project.switch', { project: 'second' }));
    const todo = await value<{ todos: { id: never }[] }>(host.as(person, 'todo.create', { title: 'T' }));
    const shown = await host.run('todo.show', { todo: todo.todos[0]?.id as never });
    assert.equal((await host.run('project.show', { project: 'second' })).id, shown.projectId);
    await value(host.as(person, 'project.switch', { project: null }));
    assert.equal((await value<{ projectId: null }>(host.as(person, 'session.show', {}))).projectId, null);
  });

  it('cannot be switched to without a session, when archived, or when absent', async () => {
    await host.run('project.create', { title: 'Lamp' });
    assert.match(
      refusalOf(await host.as(host.person, 'project.switch', { project: 'lamp' })).message,
      /no session/,
    );
    assert.equal(refusalOf(await host.as(person, 'project.switch', { project: 'nix' })).code, 'missing');
    await host.run('project.archive', { project: 'lamp' });
    const refusal = refusalOf(await host.as(person, 'project.switch', { project: 'lamp' }));
    assert.match(refusal.next, /project reopen lamp/);
  });

  it('move between active, completed and archived, and leave the lists when archived', async () => {
    await host.run('project.create', { title: 'Lamp' });
    await host.run('project.complete', { project: 'lamp' });
    assert.equal(refusalOf(await host.as(person, 'project.complete', { project: 'lamp' })).code, 'conflict');
    await host.run('project.archive', { project: 'lamp' });
    assert.equal((await host.run('project.list', {})).items.length, 0);
    assert.equal((await host.run('project.list', { all: true })).items.length, 1);
    await host.run('project.reopen', { project: 'lamp' });
    assert.equal((await host.run('project.show', { project: 'lamp' })).status, 'active');
  });

  it('are not put away or deleted while an agent works in them', async () => {
    const { id: projectId } = await host.run('project.create', { title: 'Lamp' });
    const agent = anAgent({ sessionId: person.sessionId as never, projectId });
    await host.tables((tables) => tables.agent.insert(agent));
    for (const operation of ['project.archive', 'project.complete', 'project.delete'] as const) {
      const refusal = refusalOf(await host.as(person, operation, { project: 'lamp' }));
      assert.equal(refusal.code, 'conflict');
      assert.match(refusal.message, /at work: agent calm-heron/);
    }
  });

  it('set their repositories by difference', async () => {
    const { id: projectId } = await host.run('project.create', { title: 'Lamp' });
    await host.run('repository.register', { path: root, url: 'https://example.org/lamp' });
    await host.run('project.update', { project: 'lamp', repositories: ['lamp'] });
    const names = async () =>
      (await host.run('project.show', { project: 'lamp' })).repositories.map(({ name }) => name);
    assert.deepEqual(await names(), ['lamp']);
    await host.run('project.update', { project: 'lamp', repositories: ['lamp'], title: 'Lamp 2' });
    const { items } = await host.run('event.list', { entity: projectId, operation: 'project.update' });
    assert.equal(items.filter(({ to }) => to !== null && 'repository' in to).length, 1);
    await host.run('project.update', { project: 'lamp', repositories: [] });
    assert.deepEqual(await names(), []);
    const refusal = refusalOf(
      await host.as(person, 'project.update', { project: 'lamp', repositories: ['nix'] }),
    );
    assert.equal(refusal.code, 'missing');
  });

  it('are made and deleted by the person alone', async () => {
    const { id: projectId } = await host.run('project.create', { title: 'Lamp' });
    const agent = callerOf(anAgent({ sessionId: person.sessionId as never, projectId }));
    for (const [operation, input] of [
      ['project.create', { title: 'X' }],
      ['project.update', { project: 'lamp', title: 'X' }],
      ['project.delete', { project: 'lamp' }],
    ] as const)
      assert.equal(refusalOf(await host.as(agent, operation, input)).code, 'forbidden');
  });
});

describe('deleting a project', () => {
  let host: TestHost;
  let rows: { sprint: string; todos: string[]; artifact: string };
  beforeEach(async () => {
    host = await createTestHost();
    await host.run('project.create', { title: 'Lamp' });
    const sprint = await host.run('sprint.create', { title: 'One', project: 'lamp' });
    const { todos } = await host.run('todo.create', {
      sprint: sprint.id,
      items: [
        { title: 'A', ref: 'a' },
        { title: 'B', parent: 'a' },
        { title: 'C', dependsOn: ['a'] },
      ],
    });
    const artifact = await host.run('artifact.create', { title: 'Doc', content: 'x', sprint: sprint.id });
    await host.run('artifact.comment', { artifact: artifact.id, body: 'Why?' });
    rows = { sprint: sprint.id, todos: todos.map(({ id }) => id), artifact: artifact.id };
  });
  afterEach(() => host.dispose());

  it('leaves todos and artifacts, detached, and takes sprints and an untouched root page', async () => {
    const dry = await host.run('project.delete', { project: 'lamp', dryRun: true });
    assert.equal((await host.run('project.list', {})).items.length, 1);
    const done = await host.run('project.delete', { project: 'lamp' });
    assert.deepEqual({ ...dry, dryRun: false }, done);
    assert.deepEqual(done.detachedTodos.toSorted(), rows.todos.toSorted());
    assert.deepEqual(done.sprints, [rows.sprint]);
    assert.deepEqual(done.detachedArtifacts, [rows.artifact]);
    assert.equal(done.deletedArtifacts.length, 1);
    const todo = await host.run('todo.show', { todo: rows.todos[1] as never });
    assert.deepEqual([todo.projectId, todo.sprintId, todo.parentId], [null, null, rows.todos[0]]);
    await host.tables((tables) => {
      const of = { artifactId: rows.artifact as never };
      assert.deepEqual(
        tables.version.all(of).map(({ projectId }) => projectId),
        [null],
      );
      assert.deepEqual(
        tables.comment.all(of).map(({ projectId }) => projectId),
        [null],
      );
    });
  });

  it('keeps a root page that somebody wrote on', async () => {
    const { rootPage } = await host.run('project.show', { project: 'lamp' });
    assert.ok(rootPage);
    await host.run('artifact.update', { artifact: rootPage, content: 'Welcome' });
    const { detachedArtifacts } = await host.run('project.delete', { project: 'lamp' });
    assert.ok(detachedArtifacts.includes(rootPage));
  });

  it('takes todos and artifacts along when asked, each as an event', async () => {
    const done = await host.run('project.delete', { project: 'lamp', todos: true, artifacts: true });
    assert.deepEqual(done.deletedTodos.toSorted(), rows.todos.toSorted());
    assert.equal(done.deletedArtifacts.length, 2);
    const { items } = await host.run('event.list', { operation: 'project.delete' });
    const deleted = items.filter(({ action }) => action === 'deleted').map(({ entityId }) => entityId);
    for (const id of [...rows.todos, rows.artifact, rows.sprint, done.project])
      assert.ok(deleted.includes(id), id);
    assert.equal((await host.run('todo.list', { all: true })).items.length, 0);
  });
});
