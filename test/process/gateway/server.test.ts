import assert from 'node:assert/strict';
import { request } from 'node:http';
import { statSync } from 'node:fs';
import { lineLogger } from '../../../src/base/logger.ts';
import { gatewayFilePath, readGatewayFile } from '../../../src/gateway/gatewayFile.ts';
import { defineOperation } from '../../../src/operations/operation.ts';
import { z } from 'zod';
import { addAgent, startTestGateway, type TestGateway } from '../../support/testGateway.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

function ask(url: string, asked: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${url}${asked.path ?? '/trpc/execute'}`,
      {
        method: asked.method ?? 'POST',
        headers: { 'content-type': 'application/json', ...asked.headers },
        agent: false,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (body += part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(asked.body);
  });
}

const explode = defineOperation({
  id: 'test.explode',
  title: 'Explode',
  summary: 'Fails as a bug would.',
  effect: 'write',
  permission: 'read',
  surfaces: ['cli', 'mcp'],
  input: z.object({}),
  output: z.object({}),
  run() {
    throw new Error('secret inside of the machine');
  },
});

const listTodos = JSON.stringify({ operation: 'todo.list', input: {} });

describe('gateway server', () => {
  let under: TestGateway;
  const lines: string[] = [];
  const logger = lineLogger((line) => lines.push(line), { level: 'info', now: () => 'now' });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  before(async () => {
    under = await startTestGateway({ logger, extraOperations: [explode] });
  });
  after(() => under.close());

  it('answers the person whose token stands in a file that nobody else may read', async () => {
    const address = readGatewayFile(under.storeDir);
    assert.equal(address?.url, under.gateway.url);
    assert.equal(statSync(gatewayFilePath(under.storeDir)).mode & 0o777, 0o600);
    const answer = await ask(under.gateway.url, { headers: bearer(address?.token ?? ''), body: listTodos });
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.body), {
      result: { data: { ok: true, value: { items: [], more: 0, next: null } } },
    });
  });

  it('tells health without a token, and nothing else', async () => {
    const answer = await ask(under.gateway.url, { path: '/health', method: 'GET' });
    assert.deepEqual(JSON.parse(answer.body), { name: 'sloop', version: '0.0.0-test' });
    assert.equal(
      (await ask(under.gateway.url, { path: '/elsewhere', headers: bearer(under.gateway.token) })).status,
      404,
    );
  });

  it('refuses calls without a token, with a wrong one, or with one that is nearly right', async () => {
    const { token } = under.gateway;
    const headers = [
      {},
      bearer('wrong'),
      bearer(token.slice(1)),
      bearer(`${token}x`),
      { authorization: `Basic ${token}` },
    ];
    for (const given of headers) {
      const answer = await ask(under.gateway.url, {
        headers: given,
        body: listTodos,
      });
      assert.equal(answer.status, 401, JSON.stringify(given));
      assert.ok(!answer.body.includes(token));
    }
  });

  it('refuses another Host and any web page, even with a good token', async () => {
    const good = bearer(under.gateway.token);
    const port = new URL(under.gateway.url).port;
    const status = async (headers: Record<string, string>) =>
      (await ask(under.gateway.url, { headers: { ...good, ...headers }, body: listTodos })).status;
    assert.equal(await status({ host: `evil.example:${port}` }), 421);
    assert.equal(await status({ host: '127.0.0.1:1' }), 421);
    assert.equal(await status({ origin: 'https://evil.example' }), 403);
    assert.equal(await status({ origin: 'null' }), 403);
    assert.equal(await status({ host: `localhost:${port}`, origin: `http://localhost:${port}` }), 200);
  });

  it('refuses bodies above one megabyte, declared or streamed', async () => {
    const good = bearer(under.gateway.token);
    const big = JSON.stringify({ operation: 'todo.list', input: { project: 'x'.repeat(1_000_001) } });
    const declared = await ask(under.gateway.url, {
      headers: { ...good, 'content-length': String(big.length) },
      body: big,
    });
    assert.equal(declared.status, 413);
    const chunked = await ask(under.gateway.url, {
      headers: { ...good, 'transfer-encoding': 'chunked' },
      body: big,
    });
    assert.equal(chunked.status, 413);
  });

  it('answers what is no JSON and what is no call with 400', async () => {
    const good = bearer(under.gateway.token);
    for (const body of ['{', '[]', '{"operation":7}', ''])
      assert.equal((await ask(under.gateway.url, { headers: good, body })).status, 400, body);
    assert.equal((await ask(under.gateway.url, { path: '/mcp', headers: good, body: '{' })).status, 400);
    assert.equal((await ask(under.gateway.url, { path: '/mcp', method: 'GET', headers: good })).status, 405);
  });

  it('carries a refusal as a value', async () => {
    const body = JSON.stringify({ operation: 'todo.show', input: { todo: 'nothere1' } });
    const answer = await ask(under.gateway.url, { headers: bearer(under.gateway.token), body });
    assert.equal(answer.status, 200);
    assert.equal(
      (JSON.parse(answer.body) as { result: { data: { refusal: { code: string } } } }).result.data.refusal
        .code,
      'missing',
    );
  });

  it('hides a fault behind a reference that stands in the log', async () => {
    const body = JSON.stringify({ operation: 'test.explode', input: {} });
    const answer = await ask(under.gateway.url, { headers: bearer(under.gateway.token), body });
    assert.equal(answer.status, 500);
    assert.ok(!answer.body.includes('secret inside') && !answer.body.includes('.ts'));
    const { reference } = (JSON.parse(answer.body) as { error: { data: { reference: string } } }).error.data;
    assert.ok(
      lines.some((line) => line.includes(reference) && line.includes('secret inside of the machine')),
    );
  });

  it('lets an agent in while it lives and a minute longer, never after a newer start', async () => {
    await addAgent(under.host, { token: 'agent-token-1', name: 'calm-heron' });
    const status = async () =>
      (await ask(under.gateway.url, { headers: bearer('agent-token-1'), body: listTodos })).status;
    const change = (fields: object) =>
      under.host.tables((tables) => {
        const agent = tables.agent.findByName('calm-heron');
        assert.ok(agent !== undefined);
        tables.agent.update({ ...agent, ...fields });
      });
    assert.equal(await status(), 200);
    await change({ status: 'idle', endedAt: under.host.clock.now() });
    assert.equal(await status(), 200);
    under.host.clock.step(61_000);
    assert.equal(await status(), 401);
    await change({ status: 'running', endedAt: null });
    assert.equal(await status(), 200);
    await change({ sessionNumber: 2 });
    assert.equal(await status(), 401);
  });

  it('lets the person be the runner, and an agent not', async () => {
    await addAgent(under.host, { token: 'agent-token-2', name: 'keen-lynx' });
    const asRunner = (token: string) =>
      ask(under.gateway.url, { headers: { ...bearer(token), 'x-sloop-surface': 'runner' }, body: listTodos });
    assert.equal((await asRunner(under.gateway.token)).status, 200);
    assert.equal((await asRunner('agent-token-2')).status, 401);
    const asWindow = { ...bearer('agent-token-2'), 'x-sloop-surface': 'view' };
    assert.equal((await ask(under.gateway.url, { headers: asWindow, body: listTodos })).status, 401);
    const strange = { ...bearer(under.gateway.token), 'x-sloop-surface': 'engine' };
    assert.equal((await ask(under.gateway.url, { headers: strange, body: listTodos })).status, 401);
  });
});

describe('gateway rate', () => {
  it('turns away who calls too often, says when to come back, and no other', async () => {
    const slow = { burst: 3, perSecond: 0.5 };
    const under = await startTestGateway({ rates: { owner: slow, agent: slow, unknown: slow } });
    try {
      await addAgent(under.host, { token: 'agent-token-3', name: 'calm-heron' });
      const call = (token: string) =>
        ask(under.gateway.url, { headers: { authorization: `Bearer ${token}` }, body: listTodos });
      const answers = [];
      for (let index = 0; index < 4; index += 1) answers.push(await call('agent-token-3'));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200, 429],
      );
      assert.match(String(answers[3]?.headers['retry-after']), /^[12]$/);
      assert.equal((await call(under.gateway.token)).status, 200);
    } finally {
      await under.close();
    }
  });
});
