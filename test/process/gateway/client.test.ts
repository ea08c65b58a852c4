import assert from 'node:assert/strict';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import { silentLogger } from '../../../src/base/logger.ts';
import type { Event } from '../../../src/domain/event/event.ts';
import { createHttpClient } from '../../../src/gateway/client/httpClient.ts';
import { HostAway, HostFault } from '../../../src/gateway/client/hostLink.ts';
import { followChanges } from '../../../src/gateway/client/followChanges.ts';
import { createRemoteClient } from '../../../src/gateway/client/remoteClient.ts';
import { readGatewayFile } from '../../../src/gateway/gatewayFile.ts';
import type { GatewayRouter } from '../../../src/gateway/router.ts';
import { waitFor } from '../../support/waitFor.ts';
import { addAgent, startTestGateway, type TestGateway } from '../../support/testGateway.ts';

describe('gateway clients', () => {
  let under: TestGateway;
  const locate = () => readGatewayFile(under.storeDir);
  const create = (title: string) => under.host.run('todo.create', { title });

  beforeEach(async () => {
    under = await startTestGateway();
  });
  afterEach(() => under.close());

  it('HttpClient: values, refusals, and no host at all', async () => {
    const client = createHttpClient({ locate, surface: 'cli' });
    const made = await client.execute('todo.create', { title: 'Write it down' });
    assert.equal(made.ok, true);
    const refused = await client.execute('todo.show', { todo: 'nothere1' });
    assert.equal(!refused.ok && refused.refusal.code, 'missing');
    const stranger = createHttpClient({ locate, surface: 'cli', token: 'no-such-token' });
    const turnedAway = await stranger.execute('todo.list', {});
    assert.equal(!turnedAway.ok && turnedAway.refusal.code, 'forbidden');
    const nobody = createHttpClient({ locate: () => undefined, surface: 'cli' });
    await assert.rejects(
      nobody.execute('todo.list', {}),
      (error) => error instanceof HostAway && !error.sent,
    );
  });

  it('HttpClient: a call that names its id runs once, however often it is sent', async () => {
    const client = createHttpClient({ locate, surface: 'cli' });
    const twice = [1, 2].map(() =>
      client.execute('todo.create', { title: 'Only once' }, { requestId: 'request-0001' }),
    );
    const [one, other] = await Promise.all(twice);
    assert.deepEqual(one, other);
    assert.equal((await under.host.run('todo.list', {})).items.length, 1);
  });

  it('HttpClient: follows the owner to its new address and token within its patience', async () => {
    const client = createHttpClient({ locate, surface: 'cli', patienceMs: 10_000 });
    const before = under.gateway.url;
    await under.restart();
    assert.notEqual(under.gateway.url, before);
    assert.equal((await client.execute('todo.list', {})).ok, true);
  });

  it('HttpClient: the surface decides who calls', async () => {
    const runner = createHttpClient({ locate, surface: 'runner' });
    const person = createHttpClient({ locate, surface: 'cli' });
    const asRunner = await runner.execute('launch.claim', {
      agent: 'nobody-here',
      pid: 1,
      pidStartedAt: '1',
    });
    const asPerson = await person.execute('launch.claim', {
      agent: 'nobody-here',
      pid: 1,
      pidStartedAt: '1',
    });
    assert.notEqual(!asRunner.ok && asRunner.refusal.code, 'forbidden');
    assert.equal(!asPerson.ok && asPerson.refusal.code, 'forbidden');
  });

  it('followChanges: what was committed while nobody was there comes afterwards, once and in order', async () => {
    const seen: Event[] = [];
    let lost = 0;
    const following = followChanges({
      locate,
      surface: 'trpc',
      since: 0,
      onEvents: (events) => seen.push(...events),
      onLost: () => (lost += 1),
    });
    try {
      await create('First');
      await waitFor(() => seen.length === 1);
      await under.gateway.close();
      await create('Second');
      await waitFor(() => lost > 0);
      await under.restart();
      await create('Third');
      await waitFor(() => seen.length === 3);
      assert.deepEqual(
        seen.map(({ to }) => to?.['title']),
        ['First', 'Second', 'Third'],
      );
      assert.deepEqual(
        seen.map(({ sequence }) => sequence),
        [...seen.map(({ sequence }) => sequence)].sort((one, other) => one - other),
      );
    } finally {
      following.dispose();
    }
  });

  it('followChanges: an agent sees its own project and nothing else', async () => {
    const agent = await addAgent(under.host, { token: 'agent-token-9' });
    const seen: Event[] = [];
    const following = followChanges({
      locate,
      surface: 'trpc',
      token: 'agent-token-9',
      since: 0,
      onEvents: (events) => seen.push(...events),
    });
    try {
      await create("The person's own");
      const client = createHttpClient({ locate, surface: 'cli', token: 'agent-token-9' });
      assert.equal((await client.execute('todo.create', { title: 'Mine' })).ok, true);
      await waitFor(() => seen.length > 0);
      assert.deepEqual(new Set(seen.map(({ sessionId }) => sessionId)), new Set([agent.sessionId]));
    } finally {
      following.dispose();
    }
  });

  it('RemoteClient: a look after listening began misses no change, and no host is a refusal', async () => {
    const client = createRemoteClient({ locate, surface: 'view', logger: silentLogger, patienceMs: 0 });
    try {
      const seen: Event[] = [];
      const listening = client.onDidChange((events) => seen.push(...events));
      const looked = await client.execute('todo.list', {});
      assert.equal(looked.ok && looked.value.items.length, 0);
      await create('Right after the look');
      await waitFor(() => seen.length === 1);
      listening.dispose();
      await under.gateway.close();
      const away = await client.execute('todo.list', {});
      assert.equal(!away.ok && away.refusal.code, 'unavailable');
      await under.restart();
    } finally {
      client.dispose();
    }
  });

  it("tRPC's own client executes and subscribes, and resumes by itself", async () => {
    const headers = { authorization: `Bearer ${under.gateway.token}` };
    const url = `${under.gateway.url}/trpc`;
    const client = createTRPCClient<GatewayRouter>({
      links: [
        splitLink({
          condition: ({ type }) => type === 'subscription',
          true: httpSubscriptionLink({
            url,
            EventSource: EventSource as never,
            eventSourceOptions: () =>
              ({
                fetch: (input: string | URL | Request, init?: RequestInit) =>
                  fetch(input, {
                    ...init,
                    headers: { ...(init?.headers as Record<string, string>), ...headers },
                  }),
              }) as never,
          }),
          false: httpLink({ url, headers }),
        }),
      ],
    });
    const seen: string[] = [];
    const subscription = client.changes.subscribe(
      { since: 0 },
      { onData: ({ data }) => seen.push(...data.map(({ noun, action }) => `${noun} ${action}`)) },
    );
    try {
      const made = await client.execute.mutate({ operation: 'todo.create', input: { title: 'By tRPC' } });
      assert.equal(made.ok, true);
      await waitFor(() => seen.length === 1);
      assert.deepEqual(seen, ['todo created']);
    } finally {
      subscription.unsubscribe();
    }
  });

  it('a fault is thrown with its reference', async () => {
    const broken = await startTestGateway();
    const client = createHttpClient({ locate: () => readGatewayFile(broken.storeDir), surface: 'cli' });
    broken.host.database.close();
    await assert.rejects(
      client.execute('todo.list', {}),
      (error) => error instanceof HostFault && /^[0-9a-f]{10}$/.test(error.reference ?? ''),
    );
    await broken.gateway.close();
  });
});
