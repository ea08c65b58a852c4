import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentCliBin } from '../../scripts/installAgentClis.mjs';
import { transcriptParsers } from '../../src/agents/providers/transcripts/transcriptParsers.ts';
import type { Agent } from '../../src/domain/agent/agent.ts';
import { cleanEnvironment, sloopPath } from '../support/cliBundle.ts';
import type { Script } from '../support/mockModel/script.ts';
import type { RealProvider } from '../support/mockModel/settings.ts';
import { isTested } from './realCli.ts';
import { SloopWorld } from './sloopWorld.ts';

/** An agent in a terminal of its own, as VS Code would open one, with a person who can type. */
class Terminal {
  readonly #process: ChildProcessWithoutNullStreams;

  constructor(world: SloopWorld, name: string) {
    const root = path.dirname(world.workspace);
    const words = [process.execPath, sloopPath(), 'run', name].map((word) => `'${word}'`).join(' ');
    // A pseudo-terminal by util-linux; without a size, the CLIs draw nothing.
    this.#process = spawn('script', ['-qec', `stty cols 140 rows 40; exec ${words}`, '/dev/null'], {
      cwd: world.workspace,
      env: cleanEnvironment({
        HOME: path.join(root, 'home'),
        PATH: [agentCliBin, path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        SHELL: '/bin/sh',
        SLOOP_STORE: path.join(root, 'store'),
        SLOOP_DATA: path.join(root, 'data'),
      }),
    });
    this.#process.stdout.setEncoding('utf8').on('data', (part: string) => {
      // As every terminal does: Codex asks where the cursor is, and waits for it.
      if (part.includes('\u001b[6n')) this.type('\u001b[1;1R');
    });
    // Unread, it would fill its pipe and stand still.
    this.#process.stderr.resume();
  }

  type(text: string): void {
    this.#process.stdin.write(text);
  }

  /** As a window that is closed: what runs in it is hung up on. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }
}

const enter = '\r';

const isAsked = (name: string): name is Settled => name in settleIn && isTested(name as Settled);

const homeOf = (world: SloopWorld): string => path.join(path.dirname(world.workspace), 'home');

/** What a person has answered at the first start of a CLI: it is set up, and the folder is trusted. */
const settleIn = {
  claude(world: SloopWorld) {
    const home = homeOf(world);
    const project = { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true };
    const state = {
      hasCompletedOnboarding: true,
      theme: 'dark',
      customApiKeyResponses: { approved: ['dummy'], rejected: [] },
      projects: { [world.workspace]: project },
    };
    writeFileSync(path.join(home, '.claude.json'), JSON.stringify(state));
    // A hook of the user's own: ours must not take its place.
    const own = { type: 'command', command: `touch '${path.join(home, 'own-hook')}'` };
    mkdirSync(path.join(home, '.claude'), { recursive: true });
    writeFileSync(
      path.join(home, '.claude/settings.json'),
      JSON.stringify({ hooks: { Stop: [{ hooks: [own] }] } }),
    );
  },
  codex(world: SloopWorld) {
    const trusted = `[projects.${JSON.stringify(world.workspace)}]\ntrust_level = "trusted"\n`;
    writeFileSync(path.join(homeOf(world), '.codex/config.toml'), trusted);
  },
  copilot(world: SloopWorld) {
    mkdirSync(path.join(homeOf(world), '.copilot'), { recursive: true });
    writeFileSync(
      path.join(homeOf(world), '.copilot/config.json'),
      JSON.stringify({ trustedFolders: [world.workspace] }),
    );
  },
  gemini(world: SloopWorld) {
    writeFileSync(
      path.join(homeOf(world), '.gemini/trustedFolders.json'),
      JSON.stringify({ [world.workspace]: 'TRUST_FOLDER' }),
    );
  },
  opencode: () => undefined,
} satisfies Partial<Record<RealProvider, (world: SloopWorld) => void>>;
type Settled = keyof typeof settleIn;

/** Those whose hook at the end of a turn brings the last words along. */
const tellsWords: readonly Settled[] = ['claude', 'codex', 'gemini'];

describe('an agent in a terminal of its own', function () {
  this.timeout(120_000);
  let world: SloopWorld;
  let terminal: Terminal | undefined;
  let outside: string;
  beforeEach(() => (outside = mkdtempSync(path.join(os.tmpdir(), 'sloop-outside-'))));
  afterEach(async () => {
    await terminal?.close();
    await world.close();
    rmSync(outside, { recursive: true, force: true });
  });

  async function open(steps: Script['steps'], provider: Settled = 'claude'): Promise<string> {
    world = await SloopWorld.open(provider, { scripts: [{ name: 'agent', steps }] });
    settleIn[provider](world);
    const name = await world.start({ form: 'interactive' });
    terminal = new Terminal(world, name);
    return name;
  }
  const waits = ({ status, attention }: Agent): boolean =>
    status === 'waiting_for_input' && attention !== null;
  const sentToModel = (): string => JSON.stringify(world.model.asked.at(-1)?.raw);

  it('of Claude Code shows at once that it waits for a permission, goes on, is handed messages, and reports', async () => {
    const name = await open([
      { write: { path: path.join(outside, 'asked.txt'), content: 'x' } },
      { run: 'echo one' },
      { tool: 'report', input: { status: 'done', summary: 'Asked and done' } },
      { text: 'All done.' },
    ]);
    await world.host.until(() => world.model.asked.length > 0, 'the model is asked');
    const asked = Date.now();
    const waiting = await world.until(name, waits);
    assert.ok(Date.now() - asked < 2000, `${Date.now() - asked} ms`);
    assert.match(waiting.attention ?? '', /^It waits for you: may it use Write \(.*asked\.txt\)\?$/);
    assert.ok(waiting.providerSessionId !== null);
    const { items } = await world.host.run('message.inbox', { kind: ['agent'] });
    assert.deepEqual(
      items.map(({ from }) => from),
      [name],
    );
    const sent = await world.host.run('message.send', { to: name, body: 'Mind the tabs.' });
    assert.equal(sent.delivery, 'when it goes on');

    terminal?.type(enter);
    const done = await world.until(name, ({ reported }) => reported === 'done');
    assert.equal(done.attention, null);
    assert.ok(existsSync(path.join(outside, 'asked.txt')));
    // It stands at its prompt, has handed its work in, and needs nobody.
    const resting = await world.until(name, ({ status }) => status === 'waiting_for_input');
    assert.equal(resting.attention, null);
    assert.equal(sentToModel().split('Mind the tabs.').length - 1, 1, 'told once, without a call to Sloop');

    await world.until(name, ({ inputTokens }) => inputTokens >= 400);
    const log = await world.log(name);
    const told = (kind: string) => log.filter((one) => one.kind === kind).map(({ content }) => content);
    assert.deepEqual(told('said'), ['All done.']);
    assert.equal(told('used').length, 3);
    assert.ok(existsSync(path.join(homeOf(world), 'own-hook')), 'the user’s own hook runs too');

    terminal?.type('/exit');
    await sleep(500);
    terminal?.type(enter);
    const ended = await world.untilEnded(name);
    assert.deepEqual([ended.status, ended.attention, ended.outputTokens], ['idle', null, 40]);
  });

  for (const provider of Object.keys(settleIn).filter(isAsked))
    it(`of ${provider} waits for the person when its turn is over without a report${provider === 'opencode' ? '' : ', and is resumed in the same session'}`, async () => {
      const name = await open([{ text: 'Shall I go on?' }], provider);
      const waiting = await world.until(name, waits);
      assert.match(waiting.attention ?? '', /^Its turn is over without a report; it waits for you/);
      if (tellsWords.includes(provider)) assert.match(waiting.attention ?? '', /: Shall I go on\?$/);
      // Its terminal form opens the session again and does not send the prompt.
      if (provider === 'opencode') return;
      const session = waiting.providerSessionId;
      await terminal?.close();
      await world.untilEnded(name);
      await world.host.run('agent.resume', { agent: name, prompt: 'Yes, go on.' });
      terminal = new Terminal(world, name);
      const again = await world.until(name, (agent) => agent.sessionNumber === 2 && waits(agent));
      assert.equal(again.providerSessionId, session);
      assert.match(sentToModel(), /Shall I go on\?.*Yes, go on\./);
      if (!(provider in transcriptParsers)) return;
      const said = async () => {
        const { items } = await world.host.run('agent.log', { agent: name, session: 2, limit: 500 });
        return items.filter(({ kind }) => kind === 'said').length;
      };
      await world.host.until(async () => (await said()) > 0, 'its session’s file is read');
      assert.equal(await said(), 1, 'what the first start said is not told again');
    });
});
