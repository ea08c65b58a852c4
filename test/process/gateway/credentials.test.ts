import assert from 'node:assert/strict';
import type { Agent } from '../../../src/domain/agent/agent.ts';
import { lineLogger } from '../../../src/base/logger.ts';
import { ok } from '../../../src/base/result.ts';
import { fetchCredentials } from '../../../src/gateway/client/fetchCredentials.ts';
import { readGatewayFile } from '../../../src/gateway/gatewayFile.ts';
import { anAccount } from '../../support/anAccount.ts';
import { addAgent, startTestGateway, type TestGateway } from '../../support/testGateway.ts';

const token = 'the-token-of-the-agent';
const secret = 'a-secret-of-the-account';

describe('credentials over the gateway', () => {
  let world: TestGateway;
  let agent: Agent;
  let asked: number;
  const lines: string[] = [];

  beforeEach(async () => {
    asked = 0;
    lines.length = 0;
    world = await startTestGateway({
      logger: lineLogger((line) => lines.push(line), { level: 'trace', now: () => '' }),
      credentials: () => {
        asked += 1;
        return Promise.resolve(ok({ API_KEY: secret }));
      },
    });
    const account = anAccount('one');
    await world.host.tables((tables) => tables.account.insert(account));
    agent = await addAgent(world.host, { token, accountId: account.id, pid: 42, pidStartedAt: 'then' });
  });
  afterEach(() => world.close());

  const call = (fields: Record<string, unknown> = {}) => ({
    agent: agent.id,
    sessionNumber: 1,
    pid: 42,
    pidStartedAt: 'then',
    ...fields,
  });
  const fetchThem = (fields: Record<string, unknown> = {}) =>
    fetchCredentials(() => readGatewayFile(world.storeDir), call(fields), 0);
  const post = (headers: Record<string, string>, body: unknown = call()) =>
    fetch(`${world.gateway.url}/credentials`, { method: 'POST', headers, body: JSON.stringify(body) });

  it('go to the process that claimed the launch', async () => {
    assert.deepEqual(await fetchThem(), { ok: true, value: { API_KEY: secret } });
  });

  it('go to no other process, session or agent', async () => {
    for (const fields of [
      { pid: 43 },
      { pidStartedAt: 'later' },
      { sessionNumber: 2 },
      { agent: 'nobody000000' },
    ])
      assert.equal((await fetchThem(fields)).ok, false, JSON.stringify(fields));
    assert.equal((await fetchThem({ more: 1 })).ok, false);
    assert.equal(asked, 0);
  });

  it('go to nobody once the agent has ended', async () => {
    await world.host.tables((tables) => tables.agent.update({ ...agent, status: 'idle' }));
    assert.equal((await fetchThem()).ok, false);
  });

  it('are for the owner’s runner alone: not for an agent, a person, a page, or a stranger', async () => {
    const owner = { authorization: `Bearer ${world.gateway.token}` };
    const own = { authorization: `Bearer ${token}` };
    const bodies = await Promise.all(
      [owner, { ...owner, 'x-sloop-surface': 'cli' }, own].map(async (headers) =>
        (await post(headers)).json(),
      ),
    );
    for (const body of bodies)
      assert.equal((body as { refusal?: { code: string } }).refusal?.code, 'forbidden');
    assert.equal((await post({ ...own, 'x-sloop-surface': 'runner' })).status, 401);
    assert.equal((await post({})).status, 401);
    assert.equal((await post({ ...owner, origin: 'http://evil.example' })).status, 403);
    assert.equal(asked, 0);
  });

  it('are given so often and no oftener', async () => {
    const headers = { authorization: `Bearer ${world.gateway.token}`, 'x-sloop-surface': 'runner' };
    const answers = await Promise.all(Array.from({ length: 150 }, () => post(headers)));
    const statuses = answers.map(({ status }) => status);
    assert.ok(statuses.includes(429));
    assert.ok(statuses.includes(200));
  });

  it('stand in no log and no trail', async () => {
    assert.ok((await fetchThem()).ok);
    const { items } = await world.host.run('event.list', { limit: 200 });
    assert.ok(!JSON.stringify(items).includes(secret));
    assert.ok(!lines.join('\n').includes(secret));
  });
});
