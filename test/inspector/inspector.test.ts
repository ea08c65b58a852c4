import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { cleanEnvironment, ended, sloopPath, type Ran } from '../support/cliBundle.ts';
import { addAgent, startTestGateway, type TestGateway } from '../support/testGateway.ts';

const modules = path.join(import.meta.dirname, 'node_modules');
const newerNode = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const launcher = path.join(modules, '@modelcontextprotocol/inspector/clients/launcher/build/index.js');

const inspect = (words: readonly string[]): Promise<Ran> => {
  const child = spawn(newerNode, [launcher, '--cli', ...words], { env: cleanEnvironment() });
  child.stdin.end();
  return ended(child);
};

interface Listed {
  readonly tools: readonly { readonly name: string }[];
}
interface Called {
  readonly structuredContent?: { readonly todos: readonly { readonly title: string }[] };
}

describe('the official inspector', function () {
  this.timeout(120_000);
  const token = 'agent-token-inspector';
  let under: TestGateway;

  before(async () => {
    under = await startTestGateway();
    await addAgent(under.host, { token });
  });
  after(() => under.close());

  const doors: Readonly<Record<string, () => readonly string[]>> = {
    'over HTTP': () => [`${under.gateway.url}/mcp`, '--header', `authorization: Bearer ${token}`],
    'through sloop mcp': () => [
      process.execPath,
      sloopPath(),
      'mcp',
      '-e',
      `SLOOP_STORE=${under.storeDir}`,
      '-e',
      `SLOOP_TOKEN=${token}`,
    ],
  };

  for (const [name, door] of Object.entries(doors)) {
    it(`${name}: lists the tools and finds nothing to complain of in their schemas`, async () => {
      const { code, out, err } = await inspect([...door(), '--method', 'tools/list', '--strict']);
      assert.equal(code, 0, err);
      assert.equal((JSON.parse(out) as Listed).tools.length, 11);
      assert.ok(!/Error|Warning/.test(err), err);
    });

    it(`${name}: calls one`, async () => {
      const call = [
        '--method',
        'tools/call',
        '--tool-name',
        'todo_create',
        '--tool-arg',
        `title=Inspected ${name}`,
      ];
      const { code, out, err } = await inspect([...door(), ...call]);
      assert.equal(code, 0, err);
      assert.equal((JSON.parse(out) as Called).structuredContent?.todos[0]?.title, `Inspected ${name}`);
    });

    it(`${name}: sees a refusal as an error of the tool`, async () => {
      const call = ['--method', 'tools/call', '--tool-name', 'todo_show', '--tool-arg', 'todo=nothere1'];
      const { code, out } = await inspect([...door(), ...call]);
      assert.notEqual(code, 0);
      assert.match(out, /There is no todo nothere1 here/);
    });
  }
});
