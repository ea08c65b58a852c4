import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { agentCliFolder } from '../../scripts/installAgentClis.mjs';
import type { Provider } from '../../src/agents/providers/provider.ts';
import { deadUrl, ProviderWorld } from '../support/providerWorld.ts';
import type { RealProvider } from '../support/mockModel/settings.ts';
import type { Script } from '../support/mockModel/script.ts';
import type { ModelFailure } from '../support/mockModel/wire.ts';
import { waitFor } from '../support/waitFor.ts';

/** What differs between the CLIs where all must do the same. */
export interface Traits {
  readonly provider: Provider;
  /** How its vendor says that an account is exhausted until `resetsAt`. */
  readonly exhausted: (resetsAt: Date) => ModelFailure;
  /** Whether it passes on when the account can be used again. */
  readonly tellsUntil: boolean;
  /** What makes it use an account whose limits its vendor tells of, in place of a plain key. */
  readonly subscription?: Readonly<Record<string, string>>;
  /** A session id of its own form that no session has. */
  readonly unknownSession: string;
  /** Leaves the command that it runs alive when it is ended; the runner ends that. */
  readonly leavesCommands?: true;
  /** Has nothing to deny by itself: a sandbox keeps what it runs. Its own tests say more. */
  readonly sandboxed?: true;
}

/** Whether `npm run test:providers` was asked for this one; alone, the tests are for all. */
export function isTested(name: RealProvider): boolean {
  const asked = process.env['SLOOP_TEST_PROVIDERS'];
  return asked === undefined || asked.split(',').includes(name);
}

/** Some of them need ten seconds to begin, and longer where others work too. */
const patienceMs = 60_000;

/** Outside of every agent's folder, and of the temporary one, which some CLIs may write to. */
const outside = path.join(agentCliFolder, `outside-${randomUUID()}.txt`);
const resetsAt = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 3 * 3_600_000);

/** What the scripted model plays in these tests; the role's system prompt or the task chooses. */
const scripts =
  (exhausted: ModelFailure) =>
  (repository: string): readonly Script[] => [
    { name: 'silent', when: ['task: silence'], steps: [{ silence: true }] },
    {
      // Its beat tells whether it lives: in Codex's sandbox it has a process id of its own. It ends by itself.
      name: 'beater',
      when: ['task: beat'],
      steps: [{ run: 'seq 300 | while read i; do [ -e enough ] && break; echo $i > beat; sleep 0.1; done' }],
    },
    {
      name: 'no login',
      when: ['task: login'],
      steps: [{ error: { status: 401, type: 'invalid_api_key', message: 'Incorrect API key provided.' } }],
    },
    { name: 'exhausted', when: ['task: quota'], steps: [{ error: exhausted }] },
    {
      name: 'trespasser',
      when: ['task: trespass'],
      steps: [{ write: { path: outside, content: 'x' } }, { text: 'Written.' }],
    },
    {
      name: 'reviewer',
      when: ['role: reviewer'],
      steps: [
        { tool: 'report', input: { note: 'read' } },
        { write: { path: `${repository}/reviewed.txt`, content: 'changed' } },
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

/** Tools of all the CLIs that change files. */
const writers = [
  'Edit',
  'Write',
  'NotebookEdit',
  'edit',
  'write',
  'create',
  'write_file',
  'replace',
  'apply_patch',
];
const shells = ['Bash', 'bash', 'run_shell_command'];

export const openWorld = ({ provider, exhausted }: Traits): Promise<ProviderWorld> =>
  ProviderWorld.open(provider, scripts(exhausted(resetsAt)));

/** What every real CLI must do through its adapter. `world` is opened anew for each test by the caller. */
export function behavesAsAnAgent(traits: Traits, world: () => ProviderWorld): void {
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
    assert.equal(world().read('greeting.txt')?.trim(), 'hello');
    assert.equal(world().read('copy.txt')?.trim(), 'hello');
    assert.ok(!agent.argv.join(' ').includes(world().token));
    assert.ok(!agent.lines.join('\n').includes(world().token));
    // What it shows, says and spends meanwhile.
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
    // Side calls (a title) play no script.
    assert.deepEqual(
      world().model.asked.flatMap(({ script }) => script ?? []),
      Array(5).fill('coder'),
    );
  });

  it('ends when it is told to while the model is silent, and says that its turn was not over', async () => {
    const agent = await world().start({ prompt: 'task: silence' });
    await waitFor(() => world().model.asked.some(({ script }) => script === 'silent'), patienceMs);
    const shown = () => agent.observations.filter(({ kind }) => kind !== 'unknown').length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = shown();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.ok(agent.isAlive);
    assert.equal(shown(), before, 'a silent model gives no sign of life: a watchdog must trip');
    agent.signal('SIGTERM');
    await waitFor(() => !agent.isAlive, 8000);
    await agent.ended;
    assert.equal(agent.seen('failed').length, 1);
    assert.deepEqual(agent.seen('ended'), []);
  });

  it('ends when it is stopped at work, and tells that it was not done', async () => {
    const agent = await world().start({ prompt: 'task: beat' });
    const beat = () => Number(world().read('beat') ?? 0);
    await waitFor(() => beat() > 2, patienceMs);
    await agent.stop();
    const last = beat();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if (traits.leavesCommands !== true) assert.equal(beat(), last, 'it beats no more');
    // What was left ends now at the latest: it would write into the folder while that is removed.
    writeFileSync(path.join(world().repository, 'enough'), '');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.ok(last < 250, 'it did not end by itself');
    assert.equal(agent.seen('failed').length, 1);
    assert.deepEqual(agent.seen('ended'), []);
  });

  it('tries a dead endpoint again, which is no sign of life', async () => {
    const agent = await world().start({ modelUrl: await deadUrl() });
    await waitFor(() => agent.seen('retrying').length >= 2, patienceMs);
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
    const agent = await world().start({ session: { kind: 'resume', id: traits.unknownSession } });
    const end = await agent.ended;
    assert.notEqual(end.exitCode, 0);
    assert.deepEqual(
      agent.seen('failed').map(({ failure }) => failure),
      ['session'],
      end.stderrTail,
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
    await waitFor(() => failures().length > 0, patienceMs);
    assert.ok(
      failures().every(({ failure }) => failure === 'auth'),
      JSON.stringify(failures()),
    );
    await agent.stop();
  });

  it('tells that the account is exhausted, and until when where it passes that on', async () => {
    const settings = { env: traits.subscription ?? {} };
    const agent = await world().start({ prompt: 'task: quota', settings });
    const failures = () => [...agent.seen('retrying'), ...agent.seen('failed')];
    const told = () => failures().some(({ until }) => until !== undefined) || !traits.tellsUntil;
    await waitFor(() => failures().length > 0 && told(), patienceMs);
    assert.ok(
      failures().every(({ failure }) => failure === 'quota'),
      JSON.stringify(failures()),
    );
    await agent.stop();
    const until = failures().find((failure) => failure.until !== undefined)?.until;
    if (!traits.tellsUntil) assert.equal(until, undefined, 'it passes the time on after all');
    else assert.ok(Math.abs(Date.parse(until ?? '') - resetsAt.getTime()) < 61_000, until);
  });

  it('gives a reader no way to change a file', async () => {
    const agent = await world().start({ systemPrompt: 'role: reviewer', access: 'read-only' });
    await agent.ended;
    assert.equal(world().bridgeCalls().length, 1);
    assert.equal(world().read('reviewed.txt'), undefined);
    if (traits.sandboxed === true) return;
    const offered = world()
      .model.asked.filter(({ script }) => script !== undefined)
      .flatMap(({ request }) => request.tools.map(({ name }) => name));
    assert.deepEqual(
      offered.filter((name) => writers.includes(name) || shells.includes(name)),
      [],
    );
  });

  if (traits.sandboxed !== true)
    it('notices a denied file although the exit code is 0', async () => {
      const agent = await world().start({ prompt: 'task: trespass' });
      const end = await agent.ended;
      assert.equal(end.exitCode, 0, end.stderrTail);
      assert.equal(agent.seen('denied').length, 1, agent.lines.join('\n'));
      assert.equal(agent.seen('ended').length, 1);
      assert.ok(!existsSync(outside));
    });
}
