import assert from 'node:assert/strict';
import type { Answer, ReviewOperation } from '../../../../src/protocol/review.ts';
import type { ViewClient } from '../../../../src/protocol/view.ts';
import { ReviewSession } from '../../../../webview-ui/review/reviewSession.ts';
import { createTestHost, type TestHost } from '../../../support/testHost.ts';

type Call = (operation: string, input: unknown) => Promise<Answer<unknown>>;

describe('a review', () => {
  let host: TestHost;
  let artifact: string;
  let seen: number[];
  beforeEach(async () => {
    host = await createTestHost();
    seen = [];
    await host.run('project.create', { slug: 'shop', title: 'Shop' });
    const made = await host.run('artifact.create', {
      title: 'Plan',
      type: 'plan',
      content: 'one\n',
      project: 'shop',
    });
    artifact = made.id;
    for (const content of ['one\ntwo\n', 'one\n2\n']) await write(content);
    await host.run('artifact.stage', { artifacts: [artifact], stage: 'review' });
  });
  afterEach(() => host.dispose());

  const write = (content: string) => host.run('artifact.update', { artifact, content });
  const real: Call = (operation, input) => host.executor.execute(host.person, 'view', operation, input);
  function review(lastSeen: number | null = null, call: Call = real): ReviewSession {
    const client = { execute: call } as unknown as ViewClient<ReviewOperation>;
    const host = { client, seen: (version: number) => void seen.push(version) };
    return new ReviewSession(host, { artifact, version: null, lastSeen }, () => undefined);
  }
  const changed = (session: ReviewSession) =>
    session.changed([
      { noun: 'artifact', entityId: artifact } as Parameters<ReviewSession['changed']>[0][number],
    ]);

  it('begins with the newest version against the one that was seen last, else the one before it', async () => {
    for (const [lastSeen, base] of [
      [1, 1],
      [null, 2],
      [3, 2],
    ] as const) {
      const session = review(lastSeen);
      await session.open(null);
      assert.deepEqual(session.pair, { base, version: 3 });
    }
    assert.deepEqual(seen, [3, 3, 3]);
  });

  it('goes on with the pair that was on screen, and tells of a version that came since', async () => {
    const session = review();
    await session.open({ base: 1, version: 2 });
    assert.deepEqual(session.pair, { base: 1, version: 2 });
    assert.equal(session.arrived, 3);
  });

  it('does not let a version be approved that is not the newest', async () => {
    const session = review();
    await session.open(null);
    assert.equal(session.approvalRefusal, null);
    await write('four\n');
    await changed(session);
    assert.equal(session.approvalRefusal, 'Approve needs the latest: look at v4 first');
    await session.approve();
    assert.equal((await host.run('artifact.show', { artifact })).stage, 'review');
    await session.showArrived();
    assert.deepEqual([session.pair, session.arrived], [{ base: 3, version: 4 }, null]);
    await session.approve();
    assert.equal((await host.run('artifact.show', { artifact })).stage, 'final');
  });

  it('is refused, and says so, where a version came that it has not heard of yet', async () => {
    const session = review();
    await session.open(null);
    await write('four\n');
    await session.approve();
    assert.equal(session.notice?.kind, 'refused');
    assert.match(session.notice.message, /newer version, 4, than 3/);
    assert.equal((await host.run('artifact.show', { artifact })).stage, 'review');
  });

  it('shows what was asked for last, whichever answer comes last', async () => {
    const held: (() => void)[] = [];
    const session = review(null, async (operation, input) => {
      const { version } = input as { version?: number };
      if (version === 1) await new Promise<void>((resolve) => held.push(resolve));
      return real(operation, input);
    });
    await session.open(null);
    const slow = session.show({ base: null, version: 1 });
    await session.show({ base: 2, version: 3 });
    held.forEach((go) => go());
    await slow;
    assert.deepEqual([session.pair, session.phase], [{ base: 2, version: 3 }, { kind: 'ready' }]);
    assert.equal(seen.at(-1), 3);
  });

  it('says which version could not be read, and keeps the other', async () => {
    const session = review(null, (operation, input) =>
      (input as { version?: number }).version === 2
        ? Promise.reject(new Error('The other side has ended.'))
        : real(operation, input),
    );
    await session.open(null);
    assert.equal(session.phase.kind, 'failed');
    assert.equal(session.phase.version, 2);
    assert.equal(session.phase.refusal.message, 'The other side has ended.');
    assert.notEqual(session.texts.known(3), undefined);
    assert.equal(session.approvalRefusal, 'Nothing is on screen yet');
  });

  it('counts what each version changed', async () => {
    const session = review();
    await session.open(null);
    session.count(1);
    for (let tries = 0; session.texts.counts(1) === null && tries < 100; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(
      [1, 2, 3].map((version) => session.texts.counts(version)),
      [
        { added: 1, removed: 0 },
        { added: 1, removed: 0 },
        { added: 1, removed: 1 },
      ],
    );
  });
});
