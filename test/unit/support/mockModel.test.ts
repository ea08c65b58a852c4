import assert from 'node:assert/strict';
import { startMockModel, type MockModel } from '../../support/mockModel/mockModel.ts';
import type { Script } from '../../support/mockModel/script.ts';

const scripts: readonly Script[] = [
  { name: 'second review', when: ['role: reviewer', 'Round 2'], steps: [{ text: 'Approved.' }] },
  {
    name: 'review',
    when: ['role: reviewer'],
    steps: [
      { run: 'npm test' },
      { tool: 'stage_finish', input: ({ results }) => ({ findings: results }) },
      { text: 'Changes, please.' },
    ],
  },
  {
    name: 'broken',
    when: ['role: broken'],
    steps: [{ error: { status: 429, type: 'rate', message: 'Enough.' } }],
  },
];

describe('the scripted model', () => {
  let model: MockModel;
  beforeEach(async () => (model = await startMockModel(scripts)));
  afterEach(() => model.close());

  const post = async (path: string, body: object) => {
    const response = await fetch(`${model.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, text: await response.text() };
  };
  const messages = async (
    system: string,
    results: readonly string[],
    tools = ['Bash', 'mcp__sloop__stage_finish'],
  ) => {
    const history = results.map((content) => ({ role: 'user', content: [{ type: 'tool_result', content }] }));
    const { text } = await post('/v1/messages?beta=true', {
      model: 'm',
      system,
      messages: [{ role: 'user', content: 'Begin.' }, ...history],
      tools: tools.map((name) => ({ name })),
    });
    return (JSON.parse(text) as { content: object[] }).content[0];
  };
  const responses = async (system: string, results: readonly string[]) => {
    const history = results.map((output) => ({ type: 'function_call_output', output }));
    const { text } = await post('/v1/responses', {
      model: 'm',
      instructions: system,
      input: [{ type: 'message', role: 'user', content: [{ text: 'Begin.' }] }, ...history],
      tools: [
        { type: 'function', name: 'exec_command' },
        { type: 'namespace', name: 'mcp__sloop', tools: [{ type: 'function', name: 'stage_finish' }] },
      ],
    });
    return (JSON.parse(text) as { output: object[] }).output[0];
  };

  it('plays the step that the number of results names, in the format it was asked in', async () => {
    const shell = { name: 'Bash', input: { command: 'npm test', description: 'Run a command' } };
    assert.deepEqual(pick(await messages('role: reviewer', []), 'name', 'input'), shell);
    const finish = { name: 'mcp__sloop__stage_finish', input: { findings: ['1 failed'] } };
    assert.deepEqual(pick(await messages('role: reviewer', ['1 failed']), 'name', 'input'), finish);
    assert.deepEqual(pick(await responses('role: reviewer', []), 'name', 'arguments'), {
      name: 'exec_command',
      arguments: '{"cmd":"npm test"}',
    });
    assert.deepEqual(
      pick(await responses('role: reviewer', ['1 failed']), 'name', 'namespace', 'arguments'),
      {
        name: 'stage_finish',
        namespace: 'mcp__sloop',
        arguments: '{"findings":["1 failed"]}',
      },
    );
  });

  it('repeats its last step, and answers the same to the same request', async () => {
    for (const results of [
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]) {
      assert.deepEqual(await messages('role: reviewer', results), { type: 'text', text: 'Changes, please.' });
    }
  });

  it('chooses the script by every word that the request must open with', async () => {
    assert.deepEqual(await messages('role: reviewer, Round 2', []), { type: 'text', text: 'Approved.' });
    const nobody = await messages('role: painter', []);
    assert.match(JSON.stringify(nobody), /none of second review, review, broken fits/);
  });

  it('says which tool it misses', async () => {
    assert.match(
      JSON.stringify(await messages('role: reviewer', [], ['Read'])),
      /no tool Bash or .* offered: Read/,
    );
  });

  it('uses up no step for a side call', async () => {
    assert.deepEqual(await messages('role: reviewer', [], []), { type: 'text', text: 'scripted' });
    assert.equal(model.asked[0]?.script, undefined);
  });

  it('fails as an endpoint does', async () => {
    const body = { messages: [{ role: 'user', content: 'role: broken' }], tools: [{ name: 'Bash' }] };
    assert.deepEqual(await post('/v1/messages', body), {
      status: 429,
      text: '{"type":"error","error":{"type":"rate","message":"Enough."}}',
    });
  });

  it('tells of requests that it cannot read', async () => {
    assert.equal((await post('/v1/messages', { messages: 'none' })).status, 400);
    assert.equal((await post('/v2/unknown', {})).status, 404);
    assert.equal(model.strays.length, 2);
  });
});

const pick = (object: object | undefined, ...names: readonly string[]): object =>
  Object.fromEntries(Object.entries(object ?? {}).filter(([name]) => names.includes(name)));
