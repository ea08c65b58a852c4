import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Message } from '../../../src/domain/message/message.ts';
import { cleanEnvironment, sloopPath } from '../../support/cliBundle.ts';
import { addAgent, startTestGateway, type TestGateway } from '../../support/testGateway.ts';
import { waitFor } from '../../support/waitFor.ts';

interface Answer {
  readonly isError?: boolean;
  readonly content: readonly { readonly text: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
}

const token = 'agent-token-mcp';

async function overHttp(under: TestGateway): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(`${under.gateway.url}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  await client.connect(transport);
  return client;
}

async function overBridge(under: TestGateway, given = token): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [sloopPath(), 'mcp'],
    env: cleanEnvironment({ SLOOP_STORE: under.storeDir, SLOOP_TOKEN: given }),
    stderr: 'inherit',
  });
  await client.connect(transport);
  return client;
}

const call = async (client: Client, name: string, input: Record<string, unknown> = {}): Promise<Answer> =>
  (await client.callTool({ name, arguments: input })) as Answer;

for (const [door, connect] of [
  ['over HTTP', overHttp],
  ['through sloop mcp', overBridge],
] as const)
  describe(`MCP ${door}`, function () {
    this.timeout(60_000);
    let under: TestGateway;
    let client: Client;

    before(async () => {
      under = await startTestGateway();
      await addAgent(under.host, { token });
      client = await connect(under);
    });
    after(async () => {
      await client.close();
      await under.close();
    });

    it("lists the role's tools, with hints and plain schemas", async () => {
      const { tools } = await client.listTools();
      assert.deepEqual(
        tools.map(({ name }) => name),
        [
          'context',
          'report',
          'stage_finish',
          'message_ask',
          'todo_list',
          'todo_show',
          'todo_create',
          'todo_complete',
          'artifact_show',
          'sloop_find',
          'sloop_do',
        ],
      );
      const list = tools.find(({ name }) => name === 'todo_list');
      assert.equal(list?.annotations?.readOnlyHint, true);
      assert.ok(!JSON.stringify(tools).includes('$schema'));
    });

    it('calls an operation as the agent, and answers as text and as data', async () => {
      const made = await call(client, 'todo_create', { title: 'By MCP' });
      assert.notEqual(made.isError, true, made.content[0]?.text);
      assert.deepEqual(JSON.parse(made.content[0]?.text ?? ''), made.structuredContent);
      const [event] = (await under.host.run('event.list', { noun: ['todo'] })).items;
      assert.equal(event?.surface, 'mcp');
      assert.equal(event?.caller, 'calm-heron');
    });

    it('says what to do after a refusal', async () => {
      const refused = await call(client, 'todo_show', { todo: 'nothere1' });
      assert.equal(refused.isError, true);
      assert.equal(
        refused.content[0]?.text,
        'There is no todo nothere1 here.\nNext: List what there is: sloop todo list.',
      );
      const strange = await call(client, 'todo_show', { tdo: 'x' });
      assert.match(strange.content[0]?.text ?? '', /has no field tdo\.\nNext: Its fields are: todo\./);
      assert.equal((await call(client, 'no_such_tool')).isError, true);
    });

    it('finds other operations by words and runs them under the same rules', async () => {
      const found = await call(client, 'sloop_find', { words: 'search todos by words' });
      const { operations } = found.structuredContent as { operations: { operation: string }[] };
      assert.equal(operations[0]?.operation, 'todo.search');
      const ran = await call(client, 'sloop_do', { operation: 'todo.search', input: { text: 'MCP' } });
      assert.equal((ran.structuredContent?.['items'] as unknown[]).length, 1);
      const same = await call(client, 'sloop_do', { operation: 'todo_search', input: { text: 'MCP' } });
      assert.deepEqual(same.structuredContent, ran.structuredContent);
      const notFor = await call(client, 'sloop_do', {
        operation: 'todo.approve',
        input: { todos: ['todo0001'] },
      });
      assert.equal(notFor.isError, true);
      const internal = await call(client, 'sloop_do', { operation: 'launch.claim', input: {} });
      assert.equal(internal.isError, true);
    });

    it('holds a question until its answer comes', async () => {
      const asked = call(client, 'message_ask', { to: 'person', body: 'Tabs or spaces?', wait: true });
      const question = await pendingQuestion(under);
      await under.host.run('message.answer', { message: question.id, body: 'Spaces' });
      assert.equal((await asked).structuredContent?.['answer'], 'Spaces');
    });
  });

describe('sloop mcp and its owner', function () {
  this.timeout(60_000);
  let under: TestGateway;

  beforeEach(async () => {
    under = await startTestGateway();
    await addAgent(under.host, { token });
  });
  afterEach(() => under.close());

  it('goes on waiting at the next owner when the first goes in the middle of a wait; the question is asked once', async () => {
    const client = await overBridge(under);
    try {
      const asked = call(client, 'message_ask', { to: 'person', body: 'Which port?', wait: true });
      await pendingQuestion(under);
      await under.restart();
      const question = await pendingQuestion(under);
      await under.host.run('message.answer', { message: question.id, body: '8080' });
      assert.equal((await asked).structuredContent?.['answer'], '8080');
      assert.equal((await messages(under)).filter(({ body }) => body === 'Which port?').length, 1);
    } finally {
      await client.close();
    }
  });

  it('waits for an owner that comes late, and a write then happens once', async () => {
    const client = await overBridge(under);
    try {
      await under.gateway.close();
      const made = call(client, 'todo_create', { title: 'While nobody was there' });
      await under.restart();
      assert.notEqual((await made).isError, true);
      const { items } = await under.host.run('todo.list', {});
      assert.equal(items.length, 1);
    } finally {
      await client.close();
    }
  });

  it('says so when there is no owner within ten seconds', async () => {
    const client = await overBridge(under);
    try {
      await under.gateway.close();
      const answer = await call(client, 'todo_list');
      assert.equal(answer.isError, true);
      assert.match(answer.content[0]?.text ?? '', /^No Sloop host answered within 10 s\.\nNext: /);
      await under.restart();
      assert.notEqual((await call(client, 'todo_list')).isError, true);
    } finally {
      await client.close();
    }
  });

  it('has no way in with a dead token', async () => {
    const client = await overBridge(under, 'no-such-token');
    try {
      await assert.rejects(client.listTools(), /not valid/);
    } finally {
      await client.close();
    }
  });
});

const messages = (under: TestGateway): Promise<readonly Message[]> =>
  under.host.tables((tables) => tables.message.all({}));

async function pendingQuestion(under: TestGateway): Promise<Message> {
  let found: Message | undefined;
  const look = () =>
    void messages(under).then((all) => (found = all.find(({ status }) => status === 'pending')));
  await waitFor(() => {
    if (found === undefined) look();
    return found !== undefined;
  });
  assert.ok(found !== undefined);
  return found;
}
