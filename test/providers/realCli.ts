import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Provider } from '../../src/agents/providers/provider.ts';
import { deadUrl, ProviderWorld } from '../support/providerWorld.ts';
import type { Script } from '../support/mockModel/script.ts';
import { waitFor } from '../support/waitFor.ts';

/** What the scripted model plays in these tests; the role's system prompt or the task chooses. */
const scripts = (repository: string): readonly Script[] => [
  { name: 'silent', when: ['task: silence'], steps: [{ silence: true }] },
  {
    // Its beat tells whether it lives: in Codex's sandbox it has a process id of its own. It ends by itself.
    name: 'beater',
    when: ['task: beat'],
    steps: [{ run: 'for i in $(seq 300); do echo $i > beat; sleep 0.1; done' }],
  },
  {
    name: 'no login',
    when: ['task: login'],
    steps: [{ error: { status: 401, type: 'authentication_error', message: 'no such key' } }],
  },
  {
    name: 'reviewer',
    when: ['role: reviewer'],
    steps: [
      { run: `echo changed > '${repository}/reviewed.txt'` },
      { tool: 'report', input: { note: 'read' } },
      { text: 'Looked.' },
    ],
  },
  {
    name: 'coder',
    when: ['role: coder'],
    steps: [
      { tool: 'report', input: { note: 'started' } },
      { write: { path: `${repository}/greeting.txt`, content: 'hello\n' } },
      { run: 'cp greeting.txt copy.txt' },
      { tool: 'report', input: ({ results }) => ({ note: `after ${results.length} results` }) },
      { text: 'All done.' },
    ],
  },
];

export const openWorld = (provider: Provider): Promise<ProviderWorld> =>
  ProviderWorld.open(provider, scripts);

/** What every real CLI must do through its adapter. `world` is opened anew for each test by the caller. */
export function behavesAsAnAgent(world: () => ProviderWorld): void {
  it('is found, with its version', async () => {
    const found = await world().provider.detect(world().environment);
    assert.ok(found.found);
    assert.match(found.version ?? '', /^\d+\.\d+\.\d+/);
    const lost = await world().provider.detect({ PATH: '/nonexistent' });
    assert.ok(!lost.found && lost.next.includes('Install'));
  });

  it('works in its folder and reports through the bridge, which alone has the token', async () => {
    const agent = await world().start();
    const end = await agent.ended;
    assert.equal(end.exitCode, 0, end.stderrTail);
    assert.deepEqual(world().bridgeCalls(), [
      { tool: 'report', input: { note: 'started' }, token: world().token },
      { tool: 'report', input: { note: 'after 3 results' }, token: world().token },
    ]);
    assert.equal(world().read('greeting.txt'), 'hello\n');
    assert.equal(world().read('copy.txt'), 'hello\n');
    assert.ok(!agent.argv.join(' ').includes(world().token));
    assert.ok(!agent.lines.join('\n').includes(world().token));
  });

  it('shows what it does, says and spends', async () => {
    const agent = await world().start();
    await agent.ended;
    assert.equal(agent.seen('session').length, 1);
    assert.deepEqual(
      agent
        .seen('used')
        .filter(({ tool }) => tool === 'report')
        .map(({ summary }) => summary),
      ['started', 'after 3 results'],
    );
    assert.deepEqual(
      agent.seen('said').map(({ text }) => text),
      ['All done.'],
    );
    assert.deepEqual(agent.seen('ended'), [{ kind: 'ended', text: 'All done.' }]);
    assert.deepEqual(agent.spent(), { inputTokens: 500, outputTokens: 50 });
    assert.deepEqual([...agent.seen('failed'), ...agent.seen('denied')], []);
    assert.deepEqual(
      world().model.asked.map(({ script }) => script),
      Array(5).fill('coder'),
    );
  });

  it('ends on SIGTERM while the model is silent, and says that its turn was not over', async () => {
    const agent = await world().start({ prompt: 'task: silence' });
    await waitFor(() => world().model.asked.length > 0);
    const linesBefore = agent.lines.length;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.ok(agent.isAlive);
    assert.equal(
      agent.lines.length,
      linesBefore,
      'a silent model gives no sign of life: a watchdog must trip',
    );
    agent.signal('SIGTERM');
    await waitFor(() => !agent.isAlive, 5000);
    await agent.ended;
    assert.equal(agent.seen('failed').length, 1);
    assert.deepEqual(agent.seen('ended'), []);
  });

  it('takes the command that it runs along when it is stopped, and tells that it was not done', async () => {
    const agent = await world().start({ prompt: 'task: beat' });
    const beat = () => Number(world().read('beat') ?? 0);
    await waitFor(() => beat() > 2);
    await agent.stop();
    const last = beat();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(beat(), last, 'it beats no more');
    assert.ok(last < 250, 'it did not end by itself');
    assert.equal(agent.seen('failed').length, 1);
    assert.deepEqual(agent.seen('ended'), []);
  });

  it('tries a dead endpoint again without an end and without any other sign of life', async () => {
    const agent = await world().start({ modelUrl: await deadUrl() });
    await waitFor(() => agent.seen('retrying').length >= 2);
    assert.ok(agent.isAlive);
    const silent = new Set(['session', 'retrying', 'unknown']);
    assert.deepEqual(
      agent.observations.filter(({ kind }) => !silent.has(kind)),
      [],
    );
    assert.ok(agent.seen('retrying').every(({ failure }) => failure === 'model'));
    await agent.stop();
    assert.ok(!agent.isAlive);
  });

  it('resumes exactly: the same session id, with all that was said before', async () => {
    const first = await world().start();
    await first.ended;
    const id = first.seen('session')[0]?.providerSessionId ?? '';
    const second = await world().start({
      prompt: 'Go on.',
      session: { kind: 'resume', id },
      spentBefore: first.spent(),
    });
    const end = await second.ended;
    assert.equal(end.exitCode, 0, end.stderrTail);
    assert.equal(second.seen('session')[0]?.providerSessionId, id);
    assert.equal(world().model.asked.at(-1)?.request.results.length, 4);
    assert.deepEqual(second.spent(), { inputTokens: 100, outputTokens: 10 }, 'what it spent itself');
  });

  it('fails clearly on a session that does not exist', async () => {
    const agent = await world().start({ session: { kind: 'resume', id: randomUUID() } });
    const end = await agent.ended;
    assert.notEqual(end.exitCode, 0);
    assert.deepEqual(
      agent.seen('failed').map(({ failure }) => failure),
      ['session'],
    );
    assert.deepEqual(world().model.asked, []);
  });

  it('tells that the bridge did not start', async () => {
    const agent = await world().start({ bridgeFails: true });
    await agent.ended;
    assert.equal(agent.seen('failed')[0]?.failure, 'bridge');
    assert.deepEqual(world().bridgeCalls(), []);
  });

  it('tells that the login is refused', async () => {
    const agent = await world().start({ prompt: 'task: login' });
    const failures = () => [...agent.seen('retrying'), ...agent.seen('failed')];
    await waitFor(() => failures().length > 0);
    assert.ok(failures().every(({ failure }) => failure === 'auth'));
    await agent.stop();
  });
}
