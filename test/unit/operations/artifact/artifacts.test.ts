import assert from 'node:assert/strict';
import { artifactStages, type ArtifactStage } from '../../../../src/domain/artifact/artifact.ts';
import type { ArtifactId, ProjectId, SessionId } from '../../../../src/domain/ids.ts';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

describe('artifacts', () => {
  let host: TestHost;
  let projectId: ProjectId;
  let sessionId: SessionId;
  beforeEach(async () => {
    host = await createTestHost();
    projectId = (await host.run('project.create', { title: 'Lamp' })).id;
    sessionId = (await host.run('session.start', { title: 'Agents' })).id;
  });
  afterEach(() => host.dispose());

  const create = async (input: object = {}): Promise<ArtifactId> =>
    (
      await host.run('artifact.create', {
        title: 'Doc',
        content: 'one\ntwo\nthree',
        project: 'lamp',
        ...input,
      })
    ).id;
  const show = (artifact: ArtifactId, version?: number) => host.run('artifact.show', { artifact, version });
  const stage = (artifact: ArtifactId, to: ArtifactStage, versions?: number[], notes?: string) =>
    host.as(host.person, 'artifact.stage', { artifacts: [artifact], stage: to, versions, notes });
  const agent = () => callerOf(anAgent({ sessionId, projectId }));

  it('begin as a draft, version 1, below the root page, and persistent in a project', async () => {
    const shown = await show(await create());
    const { rootPage } = await host.run('project.show', { project: 'lamp' });
    assert.deepEqual(
      [shown.stage, shown.version, shown.parentId, shown.persistent],
      ['draft', 1, rootPage, true],
    );
    const loose = await host.run('artifact.create', { title: 'Note', content: '' });
    assert.deepEqual([loose.parentId, loose.persistent], [null, false]);
  });

  it('keep every version with author and summary', async () => {
    const artifact = await create();
    await host.run('artifact.update', { artifact, content: 'new', changeSummary: 'Shorter', title: 'Doc 2' });
    assert.equal((await show(artifact)).content, 'new');
    const old = await show(artifact, 1);
    assert.deepEqual([old.content, old.version, old.newestVersion], ['one\ntwo\nthree', 1, 2]);
    const { items } = await host.run('artifact.versions', { artifact });
    assert.deepEqual(items.map((line) => [line.version, line.author, line.changeSummary]).toSorted(), [
      [1, 'person', 'First version'],
      [2, 'person', 'Shorter'],
    ]);
    assert.equal(
      refusalOf(await host.as(host.person, 'artifact.show', { artifact, version: 3 })).code,
      'missing',
    );
  });

  it('get no new version from the same content or another title', async () => {
    const artifact = await create();
    await host.run('artifact.update', { artifact, content: 'one\ntwo\nthree', title: 'Other' });
    const shown = await show(artifact);
    assert.deepEqual([shown.version, shown.title], [1, 'Other']);
  });

  it('refuse a write that is based on an older version', async () => {
    const artifact = await create();
    await host.run('artifact.update', { artifact, content: 'a', basedOn: 1 });
    const refusal = refusalOf(
      await host.as(host.person, 'artifact.update', { artifact, content: 'b', basedOn: 1 }),
    );
    assert.match(refusal.message, /newer version, 2/);
  });

  it('restore an earlier version as a new one', async () => {
    const artifact = await create();
    await host.run('artifact.update', { artifact, content: 'new' });
    await host.run('artifact.restore', { artifact, version: 1 });
    const shown = await show(artifact);
    assert.deepEqual(
      [shown.version, shown.content, shown.changeSummary],
      [3, 'one\ntwo\nthree', 'Version 1 restored'],
    );
    assert.equal(
      refusalOf(await host.as(host.person, 'artifact.restore', { artifact, version: 3 })).code,
      'conflict',
    );
    assert.equal(
      refusalOf(await host.as(host.person, 'artifact.restore', { artifact, version: 9 })).code,
      'missing',
    );
  });

  const wayTo: Readonly<Record<ArtifactStage, readonly ArtifactStage[]>> = {
    draft: [],
    review: ['review'],
    final: ['review', 'final'],
  };
  const legal = new Set(['draft review', 'review final', 'review draft']);
  for (const from of artifactStages)
    for (const to of artifactStages)
      it(`go ${legal.has(`${from} ${to}`) ? '' : 'not '}from ${from} to ${to}`, async () => {
        const artifact = await create();
        for (const step of wayTo[from]) assert.ok((await stage(artifact, step, [1])).ok);
        const result = await stage(artifact, to, [1]);
        assert.equal(result.ok, legal.has(`${from} ${to}`));
        if (!result.ok) assert.equal(result.refusal.code, 'conflict');
      });

  it('are a draft again after a new version of a final one, and only so', async () => {
    const artifact = await create();
    for (const to of ['review', 'final'] as const) await stage(artifact, to, [1]);
    assert.match(refusalOf(await stage(artifact, 'draft')).next, /artifact update/);
    await host.run('artifact.update', { artifact, content: 'new' });
    assert.equal((await show(artifact)).stage, 'draft');
  });

  it('stay in review when a new version is written, and the old approval is refused', async () => {
    const artifact = await create();
    await stage(artifact, 'review');
    await host.run('artifact.update', { artifact, content: 'new' });
    assert.equal((await show(artifact)).stage, 'review');
    assert.match(refusalOf(await stage(artifact, 'final', [1])).message, /newer version, 2, than 1/);
    assert.match(refusalOf(await stage(artifact, 'final', [3])).message, /no version 3/);
    assert.equal(refusalOf(await stage(artifact, 'final')).code, 'invalid');
    assert.equal(refusalOf(await stage(artifact, 'final', [2, 2])).code, 'invalid');
    assert.ok((await stage(artifact, 'final', [2])).ok);
  });

  it('carry notes back to draft as a comment, and only there', async () => {
    const artifact = await create();
    assert.equal(refusalOf(await stage(artifact, 'review', undefined, 'x')).code, 'invalid');
    await stage(artifact, 'review');
    assert.ok((await stage(artifact, 'draft', [1], 'Too long')).ok);
    const { items } = await host.run('artifact.comments', { artifact });
    assert.deepEqual(
      items.map(({ body, version, startLine }) => [body, version, startLine]),
      [['Too long', 1, null]],
    );
  });

  it('move together or not at all', async () => {
    const [a, b] = [await create(), await create()];
    await stage(b, 'review');
    const both = await host.as(host.person, 'artifact.stage', { artifacts: [a, b], stage: 'review' });
    assert.equal(both.ok, false);
    assert.equal((await show(a)).stage, 'draft');
    await host.run('artifact.stage', { artifacts: [a], stage: 'review' });
    await host.run('artifact.stage', { artifacts: [a, b], stage: 'final', versions: [1, 1] });
    assert.equal((await show(b)).stage, 'final');
  });

  it('are made final by the person, by agents only where the project is autonomous', async () => {
    const artifact = await create();
    const as = (to: ArtifactStage) =>
      host.as(agent(), 'artifact.stage', { artifacts: [artifact], stage: to, versions: [1] });
    assert.ok((await as('review')).ok);
    const refusal = refusalOf(await as('final'));
    assert.equal(refusal.code, 'forbidden');
    assert.match(refusal.next, /person/);
    await host.run('project.update', { project: 'lamp', mode: 'autonomous' });
    assert.ok((await as('final')).ok);
  });

  it('form a tree that pages move in, without circles', async () => {
    const [a, b, c] = [
      await create({ title: 'A' }),
      await create({ title: 'B' }),
      await create({ title: 'C' }),
    ];
    const { rootPage } = await host.run('project.show', { project: 'lamp' });
    assert.ok(rootPage);
    const below = async (parent: ArtifactId) =>
      (await host.run('artifact.list', { parent })).items.map(({ title }) => title);
    await host.run('artifact.move', { artifacts: [c], before: a });
    assert.deepEqual(await below(rootPage), ['C', 'A', 'B']);
    await host.run('artifact.move', { artifacts: [b], parent: a });
    assert.deepEqual(await below(a), ['B']);
    const refused = async (input: { artifacts: ArtifactId[]; parent?: ArtifactId; before?: ArtifactId }) =>
      refusalOf(await host.as(host.person, 'artifact.move', input)).message;
    assert.match(await refused({ artifacts: [a], parent: b }), /itself or lies below/);
    assert.match(await refused({ artifacts: [rootPage], parent: a }), /root page/);
    assert.match(await refused({ artifacts: [c], before: b }), /not a sibling/);
    const loose = await host.run('artifact.create', { title: 'Loose', content: '' });
    assert.match(await refused({ artifacts: [loose.id], parent: a }), /another project/);
  });

  it('refuse parents and sprints of other projects', async () => {
    await host.run('project.create', { title: 'Desk' });
    const parent = await create({ project: 'desk' });
    const sprint = await host.run('sprint.create', { title: 'S', project: 'desk' });
    for (const place of [{ parent }, { sprint: sprint.id }])
      assert.equal(
        (
          await host.as(host.person, 'artifact.create', {
            title: 'X',
            content: '',
            project: 'lamp',
            ...place,
          })
        ).ok,
        false,
      );
    const own = await host.run('artifact.create', { title: 'X', content: '', sprint: sprint.id });
    assert.equal(own.projectId, sprint.projectId);
  });

  it('are found by words in title and content', async () => {
    await create({ title: 'Lantern', content: 'wick and oil' });
    await create({ title: 'Other', content: 'nothing' });
    const titles = async (text: string) =>
      (await host.run('artifact.search', { text })).items.map(({ title }) => title);
    assert.deepEqual(await titles('wick'), ['Lantern']);
    assert.deepEqual(await titles('lant'), ['Lantern']);
  });

  it('are deleted with versions and comments; pages move up, todos lose the link', async () => {
    const a = await create({ title: 'A' });
    const b = await create({ title: 'B', parent: a });
    const c = await create({ title: 'C', parent: b });
    await host.run('artifact.comment', { artifact: a, body: 'Hm' });
    const { todos } = await host.run('todo.create', { title: 'T', artifact: a, project: 'lamp' });
    const dry = await host.run('artifact.delete', { artifacts: [a, b], dryRun: true });
    assert.equal((await show(a)).id, a);
    const done = await host.run('artifact.delete', { artifacts: [a, b] });
    assert.deepEqual({ ...dry, dryRun: false }, done);
    assert.deepEqual([done.versions, done.comments], [2, 1]);
    assert.deepEqual(
      done.detachedTodos,
      todos.map(({ id }) => id),
    );
    const { rootPage } = await host.run('project.show', { project: 'lamp' });
    assert.equal((await show(c)).parentId, rootPage);
    await host.tables((tables) => assert.equal(tables.version.count({ artifactId: a }), 0));
    assert.match(
      refusalOf(await host.as(host.person, 'artifact.delete', { artifacts: [rootPage as never] })).message,
      /root page/,
    );
  });
});
