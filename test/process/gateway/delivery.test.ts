import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Message } from '../../../src/domain/message/message.ts';
import { createHttpClient } from '../../../src/gateway/client/httpClient.ts';
import { readGatewayFile } from '../../../src/gateway/gatewayFile.ts';
import { ended, runSloop, startSloop } from '../../support/cliBundle.ts';
import { addAgent, startTestGateway, type TestGateway } from '../../support/testGateway.ts';
import { waitFor } from '../../support/waitFor.ts';

interface Answer {
  readonly isError?: boolean;
  readonly content: readonly { readonly text: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
}

const heronToken = 'agent-token-heron';
const otterToken = 'agent-token-otter';

describe('messages beside the answers that an agent gets', function () {
  this.timeout(60_000);
  let under: TestGateway;
  let clients: Client[];
  beforeEach(async () => {
    under = await startTestGateway();
    clients = [];
    await addAgent(under.host, { token: heronToken, name: 'calm-heron' });
    await addAgent(under.host, { token: otterToken, name: 'brave-otter' });
  });
  afterEach(async () => {
    for (const client of clients) await client.close();
    await under.close();
  });

  async function mcp(token: string): Promise<Client> {
    const client = new Client({ name: 'test', version: '1' });
    clients.push(client);
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${under.gateway.url}/mcp`), {
        requestInit: { headers: { authorization: `Bearer ${token}` } },
      }),
    );
    return client;
  }
  const call = async (client: Client, name: string, input: Record<string, unknown> = {}): Promise<Answer> =>
    (await client.callTool({ name, arguments: input })) as Answer;
  const env = (token?: string) => ({
    SLOOP_STORE: under.storeDir,
    ...(token === undefined ? {} : { SLOOP_TOKEN: token }),
  });
  const send = (to: string, body: string) => under.host.run('message.send', { to, body });
  async function pending(): Promise<Message> {
    let found: readonly Message[] = [];
    await waitFor(() => {
      void under.host
        .tables((tables) => tables.message.all({ status: 'pending' }))
        .then((all) => (found = all));
      return found.length > 0;
    });
    assert.ok(found[0]);
    return found[0];
  }

  it('come with the next tool call as a text of their own, once, to their recipient', async () => {
    const [heron, otter] = [await mcp(heronToken), await mcp(otterToken)];
    await send('brave-otter', 'Use tabs.');
    assert.equal((await call(heron, 'todo_list')).content.length, 1);
    const told = await call(otter, 'todo_list');
    assert.equal(told.content.length, 2);
    assert.match(told.content[1]?.text ?? '', /person writes \(message \w+\):\nUse tabs\./);
    assert.equal(told.structuredContent, undefined, 'some CLIs would hand on the data alone');
    const after = await call(otter, 'todo_list');
    assert.equal(after.content.length, 1);
    assert.ok(after.structuredContent);
  });

  it('come with a refusal, a search and sloop_do too', async () => {
    const otter = await mcp(otterToken);
    const calls: [string, Record<string, unknown>][] = [
      ['todo_show', { todo: 'nothere1' }],
      ['sloop_find', { words: 'todo' }],
      ['sloop_do', { operation: 'todo.list', input: {} }],
      ['no_such_tool', {}],
    ];
    for (const [name, input] of calls) {
      await send('brave-otter', `Before ${name}.`);
      assert.match((await call(otter, name, input)).content[1]?.text ?? '', new RegExp(`Before ${name}`));
    }
  });

  it('do not come with a look at messages, and what that showed is not told again', async () => {
    const otter = await mcp(otterToken);
    const question = await under.host.run('message.ask', { to: 'brave-otter', body: 'Which port?' });
    const listened = await call(otter, 'sloop_do', { operation: 'message.listen', input: {} });
    assert.deepEqual([listened.content.length, listened.content[0]?.text.includes(question.id)], [1, true]);
    assert.equal((await call(otter, 'todo_list')).content.length, 1);
    await send('brave-otter', 'A note.');
    assert.equal(
      (await call(otter, 'sloop_do', { operation: 'message.inbox', input: {} })).content.length,
      1,
    );
    assert.match((await call(otter, 'todo_list')).content[1]?.text ?? '', /A note/);
  });

  it('do not repeat the answer that a waiting question has just brought', async () => {
    const otter = await mcp(otterToken);
    const asked = call(otter, 'message_ask', { to: 'person', body: 'Tabs?', wait: true });
    const question = await pending();
    await send('brave-otter', 'By the way.');
    await under.host.run('message.answer', { message: question.id, body: 'Spaces.' });
    const answer = await asked;
    assert.match(answer.content[0]?.text ?? '', /"answer":"Spaces\."/);
    assert.match(answer.content[1]?.text ?? '', /By the way\./);
    assert.doesNotMatch(answer.content[1]?.text ?? '', /Spaces/);
    assert.equal((await call(otter, 'todo_list')).content.length, 1);
  });

  it('come again with a call that is repeated because its answer was lost', async () => {
    const client = createHttpClient({
      locate: () => readGatewayFile(under.storeDir),
      surface: 'cli',
      token: otterToken,
      messages: true,
    });
    await send('brave-otter', 'Use tabs.');
    const requestId = 'request-0001';
    const list = () => client.call({ operation: 'todo.list', input: {} }, { requestId });
    const first = await list();
    assert.match(first.messages ?? '', /Use tabs\./);
    assert.deepEqual(await list(), first);
    const other = await client.call({ operation: 'todo.list', input: {} }, { requestId: 'request-0002' });
    assert.equal(other.messages, undefined);
  });

  it('come on standard error of the sloop command, for an agent alone', async () => {
    await send('brave-otter', 'Use tabs.');
    const first = await runSloop(['todo', 'list', '--json'], { env: env(otterToken) });
    assert.match(first.err, /person writes \(message \w+\):\nUse tabs\./);
    assert.deepEqual((JSON.parse(first.out) as { items: unknown[] }).items, []);
    const second = await runSloop(['todo', 'list'], { env: env(otterToken) });
    assert.equal(second.err, '');
    await runSloop(['message', 'send', '--to', 'person', 'Done.'], { env: env(otterToken) });
    assert.equal((await runSloop(['todo', 'list'], { env: env() })).err, '');
  });

  it('an answer given on a command line ends the wait of an agent’s own', async () => {
    const asking = startSloop(['ask', '--to', 'person', 'Which port?'], { env: env(otterToken) });
    asking.stdin.end();
    const done = ended(asking);
    const question = await pending();
    assert.equal((await runSloop(['answer', question.id, '8080'], { env: env() })).code, 0);
    assert.deepEqual(await done, { code: 0, out: '8080\n', err: '' });
    assert.equal((await runSloop(['todo', 'list'], { env: env(otterToken) })).err, '');
  });

  it('parking does not wait, and says what to do', async () => {
    await under.host.tables((tables) => {
      const otter = tables.agent.findByName('brave-otter');
      assert.ok(otter);
      tables.agent.update({ ...otter, provider: 'claude', providerSessionId: 's-1' });
    });
    const parked = await runSloop(['ask', '--to', 'person', '--park', 'Which port?'], {
      env: env(otterToken),
    });
    assert.equal(parked.code, 0, parked.err);
    assert.match(parked.out, /End your turn now/);
    const otter = await mcp(otterToken);
    const again = await call(otter, 'message_ask', {
      to: 'person',
      body: 'And host?',
      park: true,
      wait: true,
    });
    assert.equal(again.structuredContent?.['parked'], true);
  });
});
