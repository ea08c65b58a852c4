import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ended, runSloop, sloopPath, startSloop, type Ran } from '../../support/cliBundle.ts';
import { addAgent, startTestGateway, type TestGateway } from '../../support/testGateway.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('sloop, the command', function () {
  this.timeout(60_000);
  let under: TestGateway;
  let elsewhere: string;
  const sloop = (words: readonly string[], input?: string, env: Record<string, string> = {}): Promise<Ran> =>
    runSloop(words, {
      cwd: elsewhere,
      env: { SLOOP_STORE: under.storeDir, ...env },
      ...(input === undefined ? {} : { input }),
    });

  before(async () => {
    elsewhere = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'sloop-cli-')));
    under = await startTestGateway();
    await addAgent(under.host, { token: 'agent-token-cli' });
  });
  after(async () => {
    await under.close();
    rmSync(elsewhere, { recursive: true, force: true });
  });

  it('does what is asked and shows it', async () => {
    const made = await sloop(['todo', 'create', 'Write the parser', '--priority', 'high']);
    assert.deepEqual(made, {
      code: 0,
      out:
        'ID        TITLE             STATUS   PRIORITY  KIND  GATE\n' +
        'todo0001  Write the parser  pending  high      task  auto\n',
      err: '',
    });
    const items = JSON.stringify({ items: [{ title: 'Test it', dependsOn: ['todo0001'] }] });
    assert.equal((await sloop(['todo', 'create', '--input', '-'], items)).code, 0);
    const list = await sloop(['todo', 'list']);
    assert.equal(
      list.out,
      'ID        TITLE             STATUS   PRIORITY  KIND  GATE\n' +
        'todo0001  Write the parser  pending  high      task  auto\n' +
        'todo0002  Test it           blocked  medium    task  auto\n',
    );
    const json = await sloop(['todo', 'show', 'todo0002', '--json']);
    assert.equal((JSON.parse(json.out) as { status: string }).status, 'blocked');
  });

  it('pages', async () => {
    const { out } = await sloop(['todo', 'list', '--limit', '1']);
    const after = /… 1 more: --after (\S+)/.exec(out)?.[1];
    assert.ok(after !== undefined, out);
    assert.match((await sloop(['todo', 'list', '--after', after])).out, /^ID .*\ntodo0002 /);
  });

  it('a refusal is exit 1, on standard error, with what to do', async () => {
    assert.deepEqual(await sloop(['todo', 'complete', 'todo0002']), {
      code: 1,
      out: '',
      err: 'Todo todo0002 waits for todo0001.\nComplete those first, or reopen it if it is blocked by hand.\n',
    });
    const json = await sloop(['todo', 'show', 'nothere1', '--json']);
    assert.equal((JSON.parse(json.err) as { code: string }).code, 'missing');
  });

  const usage: readonly [readonly string[], string][] = [
    [['todo', 'lst'], 'sloop todo has no verb lst.\nDid you mean sloop todo list?\n'],
    [['tood'], 'sloop has no command tood.\nDid you mean sloop todo?\n'],
    [['todo', 'list', '--stauts', 'x'], 'sloop todo list has no flag --stauts.\nDid you mean --status?\n'],
    [['todo', 'show'], 'sloop todo show needs todo.\nSee: sloop todo show --help\n'],
    [['completion', 'tcsh'], 'There is no completion for tcsh.\nIt is one of: bash, zsh, fish.\n'],
    [['todo', 'create', '--input', 'nothere.json'], 'nothere.json cannot be read: '],
    [['serve', '--prot', '1'], "Unknown option '--prot'"],
  ];
  for (const [words, text] of usage)
    it(`a wrong command line is exit 2: ${words.join(' ')}`, async () => {
      const { code, out, err } = await sloop(words);
      assert.equal(code, 2, err);
      assert.equal(out, '');
      assert.ok(err.startsWith(text), err);
    });

  it('no host is exit 69 and says how to start one', async () => {
    const { code, err } = await runSloop(['todo', 'list'], {
      cwd: elsewhere,
      env: { SLOOP_DATA: elsewhere },
    });
    assert.equal(code, 69);
    assert.match(err, /\nStart one: sloop serve --workspace \S+, or open the folder in VS Code\.\n$/);
    assert.equal((await runSloop(['status'], { cwd: elsewhere, env: { SLOOP_DATA: elsewhere } })).code, 69);
  });

  it('a dead host is exit 69 too, though its address still stands there', async () => {
    const store = mkdtempSync(path.join(elsewhere, 'dead-'));
    const address = { url: 'http://127.0.0.1:9', token: 'x', pid: 1, version: '0', workspace: elsewhere };
    writeFileSync(path.join(store, 'gateway.json'), JSON.stringify(address));
    for (const words of [['todo', 'list'], ['status']])
      assert.equal(
        (await runSloop(words, { cwd: elsewhere, env: { SLOOP_STORE: store } })).code,
        69,
        words[0],
      );
  });

  it('a fault of the host is exit 70', async () => {
    const broken = await startTestGateway();
    try {
      broken.host.database.close();
      const { code, err } = await runSloop(['todo', 'list'], { env: { SLOOP_STORE: broken.storeDir } });
      assert.equal(code, 70);
      assert.match(err, /^Sloop itself failed here; its log has the details under [0-9a-f]{10}\.\n$/);
    } finally {
      await broken.gateway.close();
    }
  });

  it('an agent is known by its token and never by what it types', async () => {
    const env = { SLOOP_TOKEN: 'agent-token-cli' };
    assert.equal((await sloop(['todo', 'create', 'Mine'], undefined, env)).code, 0);
    const { items } = await under.host.run('event.list', { noun: ['todo'], newestFirst: true });
    assert.equal(items[0]?.caller, 'calm-heron');
    assert.equal(items[0]?.surface, 'cli');
    const approve = await sloop(['todo', 'approve', 'todo0001'], undefined, env);
    assert.equal(approve.code, 1);
    assert.match(approve.err, /may not run todo\.approve/);
  });

  it('ask blocks until it is answered and prints the answer; listen prints the question', async () => {
    const env = { SLOOP_STORE: under.storeDir };
    const asked = ended(startSloop(['ask', '--to', 'calm-heron', 'Which port?'], { env, cwd: elsewhere }));
    const heard = await runSloop(['listen', '--json'], {
      cwd: elsewhere,
      env: { ...env, SLOOP_TOKEN: 'agent-token-cli' },
    });
    const { question } = JSON.parse(heard.out) as { question: { id: string; body: string } };
    assert.equal(question.body, 'Which port?');
    const answer = await sloop(['answer', question.id, '8080'], undefined, {
      SLOOP_TOKEN: 'agent-token-cli',
    });
    assert.equal(answer.code, 0, answer.err);
    assert.deepEqual(await asked, { code: 0, out: '8080\n', err: '' });
  });

  it('ask gives up after its timeout and says where to look; with --no-wait at once', async () => {
    const late = await sloop(['ask', '--to', 'calm-heron', 'Anybody?', '--timeout', '0.3']);
    assert.equal(late.code, 1);
    assert.match(late.err, /^Nothing has come in that time\.\nLook again: sloop message show \S+\n$/);
    const parked = await sloop(['ask', '--to', 'calm-heron', 'Later?', '--no-wait', '--json']);
    assert.equal((JSON.parse(parked.out) as { status: string }).status, 'pending');
  });

  it('watch follows what is committed and ends cleanly', async () => {
    const child = startSloop(['watch', '--since', '0', '--noun', 'todo'], {
      env: { SLOOP_STORE: under.storeDir },
      cwd: elsewhere,
    });
    let seen = '';
    child.stdout.on('data', (part: Buffer) => (seen += part.toString()));
    const end = ended(child);
    await waitFor(() => seen.includes('Test it'));
    await under.host.run('todo.update', { todo: 'todo0001', priority: 'low' });
    await waitFor(() => seen.includes('priority high → low'));
    child.kill('SIGTERM');
    const { code, out } = await end;
    assert.equal(code, 0);
    assert.match(out, /todo todo0001 {2}created {2}Write the parser {2}by person \(cli todo\.create\)/);
    assert.match(out, /todo todo0001 {2}updated {2}priority high → low {2}by person \(cli todo\.update\)/);
  });

  it('watch says so when its token is dead', async () => {
    const { code, err } = await sloop(['watch'], undefined, { SLOOP_TOKEN: 'no-such-token' });
    assert.equal(code, 1);
    assert.match(err, /^This token is not valid/);
  });

  it('artifact diff compares in the CLI', async () => {
    const made = await sloop([
      'artifact',
      'create',
      'Plan',
      '--type',
      'plan',
      '--content',
      'one\ntwo\n',
      '--json',
    ]);
    assert.equal(made.code, 0, made.err);
    const { id } = JSON.parse(made.out) as { id: string };
    const changed = await sloop([
      'artifact',
      'update',
      id,
      '--content',
      'one\n2\n',
      '--change-summary',
      'digits',
    ]);
    assert.equal(changed.code, 0, changed.err);
    assert.deepEqual(await sloop(['artifact', 'diff', id]), {
      code: 0,
      out: '--- Plan v1\n+++ Plan v2\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n',
      err: '',
    });
  });

  it('help names every noun, a noun its verbs, a verb its fields', async () => {
    const general = await sloop(['help']);
    assert.equal(general.code, 0);
    for (const noun of ['project', 'sprint', 'todo', 'artifact', 'loop', 'agent', 'message', 'role', 'event'])
      assert.match(general.out, new RegExp(`^  ${noun} `, 'm'));
    assert.match((await sloop(['todo'])).out, /^ {2}complete +Marks todos as done/m);
    assert.equal(
      (await sloop(['todo', 'block', '--help'])).out,
      [
        'Stops work on a todo for a reason that a person or agent has to remove; reopen lifts it.',
        '',
        'Usage: sloop todo block TODO REASON',
        '',
        'Fields',
        '  todo    Id of a todo (needed)',
        '  reason  What has to change (needed)',
        '',
        'Common',
        '  --json        Print the result as JSON',
        '  --input FILE  Read fields from a JSON object in a file; - is standard input',
        '  --help        Explain this command',
        '',
      ].join('\n'),
    );
  });

  it('completes in bash', async () => {
    const script = path.join(elsewhere, 'completion.bash');
    writeFileSync(script, (await sloop(['completion', 'bash'])).out);
    const complete = (...words: string[]) =>
      execFileSync('bash', [
        '-c',
        `source ${script}; COMP_WORDS=(sloop ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _sloop; echo "\${COMPREPLY[*]}"`,
      ])
        .toString()
        .trim();
    assert.equal(complete('tod'), 'todo');
    assert.equal(complete('todo', 'cl'), 'claim');
    assert.equal(complete('todo', 'list', '--stat'), '--status');
    assert.equal(complete('todo', 'list', '--status', 'pending', '--lim'), '--limit');
  });

  for (const shell of ['zsh', 'fish'])
    it(`prints completion that ${shell} can read`, async function () {
      const { code, out } = await sloop(['completion', shell]);
      assert.equal(code, 0);
      assert.match(out, /claim/);
      const found = ['/usr/bin', '/bin', '/usr/local/bin']
        .map((dir) => path.join(dir, shell))
        .find(existsSync);
      if (found === undefined) return this.skip();
      const file = path.join(elsewhere, `completion.${shell}`);
      writeFileSync(file, out);
      execFileSync(found, ['-n', file]);
    });

  it('starts without zod, tRPC, MCP or any operation', () => {
    const bundle = readFileSync(sloopPath(), 'utf8');
    for (const name of ['ZodError', 'TRPCError', 'McpError', 'TodoTable', 'initSqlJs'])
      assert.ok(!bundle.includes(name), `${name} is in the light bundle`);
    assert.ok(bundle.length < 150_000, `${bundle.length} bytes`);
  });

  it('is quiet when its reader goes', async () => {
    const child = startSloop(['help'], { cwd: elsewhere });
    child.stdout.destroy();
    const { code, err } = await ended(child);
    assert.equal(err, '');
    assert.equal(code, 0);
  });
});
