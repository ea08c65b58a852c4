import assert from 'node:assert/strict';
import type { ArtifactId } from '../../../../src/domain/ids.ts';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

describe('comments on artifacts', () => {
  let host: TestHost;
  let artifact: ArtifactId;
  beforeEach(async () => {
    host = await createTestHost();
    artifact = (await host.run('artifact.create', { title: 'Doc', content: 'one\ntwo\nthree' })).id;
  });
  afterEach(() => host.dispose());

  it('stay with the version and the lines that they were written on', async () => {
    const comment = await host.run('artifact.comment', { artifact, body: 'Why?', startLine: 2, endLine: 3 });
    await host.run('artifact.update', { artifact, content: 'new' });
    const { items } = await host.run('artifact.comments', { artifact, version: 1 });
    assert.deepEqual(
      items.map(({ id, version, startLine, endLine }) => [id, version, startLine, endLine]),
      [[comment.id, 1, 2, 3]],
    );
    assert.equal((await host.run('artifact.comments', { artifact, version: 2 })).items.length, 0);
    const older = await host.run('artifact.comment', {
      artifact,
      version: 1,
      startLine: 3,
      body: 'And this',
    });
    assert.deepEqual([older.version, older.startLine, older.endLine], [1, 3, 3]);
  });

  it('refuse lines and versions that are not there', async () => {
    for (const lines of [{ startLine: 3, endLine: 2 }, { startLine: 2, endLine: 4 }, { endLine: 2 }]) {
      const refusal = refusalOf(
        await host.as(host.person, 'artifact.comment', { artifact, body: 'x', ...lines }),
      );
      assert.equal(refusal.code, 'invalid', JSON.stringify(lines));
      assert.match(refusal.message, /3 lines/);
    }
    const refusal = refusalOf(
      await host.as(host.person, 'artifact.comment', { artifact, body: 'x', version: 2 }),
    );
    assert.equal(refusal.code, 'missing');
  });

  it('are answered where they stand, one level deep', async () => {
    const first = await host.run('artifact.comment', { artifact, body: 'Why?', startLine: 2 });
    const reply = await host.run('artifact.comment', { artifact, body: 'Because', parent: first.id });
    const again = await host.run('artifact.comment', { artifact, body: 'I see', parent: reply.id });
    assert.deepEqual([reply.parentId, reply.startLine, again.parentId], [first.id, 2, first.id]);
    const other = await host.run('artifact.create', { title: 'Other', content: '' });
    const refusal = refusalOf(
      await host.as(host.person, 'artifact.comment', { artifact: other.id, body: 'x', parent: first.id }),
    );
    assert.equal(refusal.code, 'invalid');
  });

  it('are resolved with their thread, and opened again', async () => {
    const first = await host.run('artifact.comment', { artifact, body: 'Why?' });
    const reply = await host.run('artifact.comment', { artifact, body: 'Because', parent: first.id });
    const open = async () => (await host.run('artifact.show', { artifact })).openComments;
    assert.equal(await open(), 1);
    const resolved = await host.run('artifact.resolveComment', { comment: reply.id });
    assert.deepEqual([resolved.id, resolved.resolvedBy], [first.id, 'person']);
    assert.equal(await open(), 0);
    assert.equal((await host.run('artifact.comments', { artifact, open: true })).items.length, 0);
    assert.equal(
      refusalOf(await host.as(host.person, 'artifact.resolveComment', { comment: first.id })).code,
      'conflict',
    );
    await host.run('artifact.reopenComment', { comment: first.id });
    assert.equal(await open(), 1);
    assert.equal(
      refusalOf(await host.as(host.person, 'artifact.reopenComment', { comment: first.id })).code,
      'conflict',
    );
  });

  it('may be written by agents that only read', async () => {
    const { id: sessionId } = await host.run('session.start', { title: 'Agents' });
    const { id: projectId } = await host.run('project.create', { title: 'Lamp' });
    const doc = await host.run('artifact.create', { title: 'Doc', content: 'x', project: 'lamp' });
    const reviewer = callerOf(anAgent({ sessionId, projectId, name: 'wise-owl' }), 'read-only');
    const written = await host.as(reviewer, 'artifact.comment', { artifact: doc.id, body: 'Typo' });
    assert.ok(written.ok && written.value.author === 'wise-owl');
    const change = await host.as(reviewer, 'artifact.update', { artifact: doc.id, content: 'y' });
    assert.equal(refusalOf(change).code, 'forbidden');
  });
});
