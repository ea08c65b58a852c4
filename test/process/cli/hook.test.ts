import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { gatewayFilePath } from '../../../src/gateway/gatewayFile.ts';
import { ended, runSloop, startSloop } from '../../support/cliBundle.ts';
import { addAgent, startTestGateway, type TestGateway } from '../../support/testGateway.ts';

const token = 'agent-token-hook';
const session = '64156fc2-822e-4da4-a5e0-5e589126a06e';

describe('sloop hook', function () {
  this.timeout(60_000);
  let under: TestGateway;
  let folder: string;
  beforeEach(async () => {
    under = await startTestGateway();
    folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-hook-'));
    await addAgent(under.host, { token, name: 'calm-heron', form: 'interactive', provider: 'claude' });
  });
  afterEach(async () => {
    await under.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const env = () => ({ SLOOP_STORE: under.storeDir, SLOOP_TOKEN: token, SLOOP_HOOKS: folder });
  const hook = (event: string, fields: object = {}, provider = 'claude') =>
    runSloop(['hook', provider], {
      env: env(),
      input: JSON.stringify({
        hook_event_name: event,
        session_id: session,
        transcript_path: '/sessions/1.jsonl',
        ...fields,
      }),
    });
  const state = async () => {
    const { status, attention } = await under.host.run('agent.show', { agent: 'calm-heron' });
    return [status, attention];
  };
  const quiet = { code: 0, out: '', err: '' };

  it('shows at once that the agent waits, for what, and that it goes on', async () => {
    assert.deepEqual(await hook('UserPromptSubmit'), quiet);
    assert.deepEqual(await state(), ['running', null]);
    const asked = { tool_name: 'Bash', tool_input: { command: 'npm test' } };
    assert.deepEqual(await hook('PermissionRequest', asked), quiet);
    const waits = ['waiting_for_input', 'It waits for you: may it use Bash (npm test)?'];
    assert.deepEqual(await state(), waits);
    await hook('Notification', { notification_type: 'permission_prompt', message: 'Claude needs you' });
    assert.deepEqual(await state(), waits, 'what comes later and says less changes nothing');
    const { items } = await under.host.run('message.inbox', { kind: ['agent'] });
    assert.deepEqual(
      items.map(({ title }) => title),
      [waits[1]],
    );
    await hook('PostToolBatch');
    assert.deepEqual(await state(), ['running', null]);
    await hook('Stop', { last_assistant_message: 'Which port?' });
    assert.deepEqual(await state(), [
      'waiting_for_input',
      'Its turn is over without a report; it waits for you: Which port?',
    ]);
    await hook('UserPromptSubmit');
    assert.deepEqual(await state(), ['running', null]);
  });

  it('tells the session, and where it is kept', async () => {
    await hook('SessionStart');
    const agent = await under.host.run('agent.show', { agent: 'calm-heron' });
    assert.equal(agent.providerSessionId, session);
    assert.equal(readFileSync(path.join(folder, 'transcript'), 'utf8'), '/sessions/1.jsonl');
  });

  it('needs nobody when the work is handed in', async () => {
    await runSloop(['report', '--status', 'done', '--summary', 'Done.'], { env: env() });
    await under.host.run('message.send', { to: 'calm-heron', body: 'Thanks.' });
    assert.deepEqual(await hook('Stop', { last_assistant_message: 'Bye.' }), quiet);
    assert.deepEqual(await state(), ['waiting_for_input', null]);
  });

  it('hands over messages once, in the words of the hook, and goes on with them at the end of a turn', async () => {
    await under.host.run('message.send', { to: 'calm-heron', body: 'Use tabs.' });
    assert.deepEqual(await hook('PermissionRequest', { tool_name: 'Bash' }), quiet);
    const told = JSON.parse((await hook('PostToolBatch')).out) as {
      hookSpecificOutput: Record<string, string>;
    };
    assert.equal(told.hookSpecificOutput['hookEventName'], 'PostToolBatch');
    assert.match(told.hookSpecificOutput['additionalContext'] ?? '', /Use tabs\./);
    assert.deepEqual(await hook('PostToolBatch'), quiet);
    await under.host.run('message.send', { to: 'calm-heron', body: 'And lint.' });
    const kept = JSON.parse((await hook('Stop')).out) as Record<string, string>;
    assert.equal(kept['decision'], 'block');
    assert.match(kept['reason'] ?? '', /And lint\./);
    assert.deepEqual(await state(), ['running', null]);
  });

  it('keeps waiting for an answer that another call of the agent waits for', async () => {
    const asking = startSloop(['ask', '--to', 'person', 'Which port?'], { env: env() });
    asking.stdin.end();
    const done = ended(asking);
    for (let left = 500; (await state())[0] !== 'waiting_for_input' && left > 0; left -= 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await hook('PostToolBatch');
    assert.deepEqual(await state(), ['waiting_for_input', null]);
    const [question] = (await under.host.run('message.inbox', {})).items;
    await under.host.run('message.answer', { message: question?.id ?? '', body: '8080' });
    assert.equal((await done).out, '8080\n');
    assert.deepEqual(await state(), ['running', null]);
  });

  it('of a streamed agent is a sign of life and nothing else', async () => {
    await under.host.tables((tables) => {
      const agent = tables.agent.findByName('calm-heron');
      assert.ok(agent);
      tables.agent.update({ ...agent, form: 'streamed' });
    });
    await hook('Stop', { last_assistant_message: 'Bye.' });
    assert.deepEqual(await state(), ['running', null]);
    assert.equal(
      (await under.host.run('agent.show', { agent: 'calm-heron' })).lastSeenAt,
      under.host.clock.now(),
    );
  });

  it('disturbs nobody: what it does not understand, without a host, without a token', async () => {
    const strange = [
      runSloop(['hook', 'claude'], { env: env(), input: 'no JSON' }),
      runSloop(['hook', 'claude'], { env: env(), input: '[]' }),
      runSloop(['hook', 'unknown'], { env: env(), input: '{}' }),
      runSloop(['hook'], { env: env(), input: '{"hook_event_name":"Stop"}' }),
      runSloop(['hook', 'claude'], {
        env: { SLOOP_STORE: under.storeDir },
        input: '{"hook_event_name":"Stop"}',
      }),
      runSloop(['hook', 'claude'], {
        env: { ...env(), SLOOP_TOKEN: 'dead' },
        input: '{"hook_event_name":"Stop"}',
      }),
      runSloop(['hook', 'claude'], {
        env: { ...env(), SLOOP_STORE: folder },
        input: '{"hook_event_name":"Stop"}',
      }),
    ];
    for (const ran of await Promise.all(strange)) assert.deepEqual(ran, quiet);
  });

  it('ends within two seconds whatever does not: a host that hangs, an input that stays open', async () => {
    const mute = net.createServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
      const address = { url, token, pid: process.pid, version: '0', workspace: folder };
      writeFileSync(gatewayFilePath(folder), JSON.stringify(address), { mode: 0o600 });
      const started = Date.now();
      const hung = runSloop(['hook', 'claude'], {
        env: { ...env(), SLOOP_STORE: folder },
        input: '{"hook_event_name":"Stop"}',
      });
      const open = startSloop(['hook', 'claude'], { env: env() });
      assert.deepEqual(await Promise.all([hung, ended(open)]), [quiet, quiet]);
      // The start of two processes on a busy machine is in it.
      assert.ok(Date.now() - started < 8000, `${Date.now() - started} ms`);
    } finally {
      mute.close();
    }
  });
});
