import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentCliFolder } from '../../scripts/installAgentClis.mjs';
import { isLive } from '../../src/domain/agent/agent.ts';
import { codexSandboxFault, needsCodexSandbox } from '../support/codexSandbox.ts';
import { deadUrl } from '../support/providerWorld.ts';
import type { Script, Step } from '../support/mockModel/script.ts';

import { isTested } from './realCli.ts';
import { SloopWorld, type SloopWorldOptions } from './sloopWorld.ts';

const done: Step = { tool: 'report', input: { status: 'done', summary: 'All done' } };
const once = (...steps: readonly Step[]): readonly Script[] => [{ name: 'agent', steps }];

/** Its beat tells whether it lives: in Codex's sandbox it has a process id of its own. It ends by itself. */
const beat: Step = { run: 'for i in $(seq 300); do echo $i > beat; sleep 0.1; done' };

/** Each of these runs the real CLI under a real host, by `sloop run`, with the bridge `sloop mcp`. */
for (const provider of (['claude', 'codex'] as const).filter(isTested)) {
  describe(`${provider} through Sloop's own doors`, function () {
    this.timeout(90_000);
    let world: SloopWorld | undefined;
    const open = async (options: SloopWorldOptions) => (world = await SloopWorld.open(provider, options));
    afterEach(async () => {
      await world?.close();
      world = undefined;
    });

    it('works, and reports by the bridge and by the command', async () => {
      const opened = await open({
        scripts: once(
          { tool: 'report', input: { text: 'Begun' } },
          { tool: 'todo_create', input: { title: 'By the bridge' } },
          { run: 'sloop todo create "By the command"' },
          { run: 'echo made > made.txt && git add made.txt && git commit --quiet --message work' },
          done,
          { text: 'Bye.' },
        ),
      });
      const name = await opened.start();
      const agent = await opened.untilEnded(name);
      assert.deepEqual(
        [agent.status, agent.reported, agent.result, agent.attention, agent.exitCode],
        ['idle', 'done', 'All done', null, 0],
      );
      const { items: created } = await opened.host.run('event.list', {
        operation: 'todo.create',
        newestFirst: false,
      });
      assert.deepEqual(
        created.map(({ surface, caller, callerKind, to }) => [surface, caller, callerKind, to?.['title']]),
        [
          ['mcp', name, 'agent', 'By the bridge'],
          ['cli', name, 'agent', 'By the command'],
        ],
      );
      assert.equal(opened.git('log', '--format=%s', '-1'), 'work\n');
      assert.deepEqual([agent.inputTokens, agent.outputTokens], [600, 60]);
      const log = await opened.log(name);
      assert.deepEqual(
        log.filter(({ kind }) => kind === 'said').map(({ content }) => content),
        ['Bye.'],
      );
    });

    it('is no success when it ends without a report, whatever its exit code', async () => {
      const opened = await open({ scripts: once({ text: 'I did everything.' }) });
      const { todos } = await opened.host.run('todo.create', { title: 'Something' });
      const todo = todos[0]?.id ?? '';
      const agent = await opened.untilEnded(await opened.start({ todo }));
      assert.deepEqual(
        [agent.exitCode, agent.status, agent.reported, agent.attention, agent.result],
        [0, 'idle', null, 'It ended without a report.', 'I did everything.'],
      );
      const { status, assignee } = await opened.host.run('todo.show', { todo });
      assert.deepEqual([status, assignee], ['pending', null]);
    });

    it('is no success when its CLI denies it a tool, whatever its exit code', async function () {
      if (provider === 'codex') needsCodexSandbox(this);
      // Claude Code denies a file outside of the folder; Codex what a person's own arguments leave unapproved.
      const outside = path.join(agentCliFolder, `outside-${randomUUID()}.txt`);
      const opened = await open({
        scripts: once(provider === 'claude' ? { write: { path: outside, content: 'x' } } : done, {
          text: 'Everything is done.',
        }),
        extraArguments:
          provider === 'claude' ? [] : ['-c', 'mcp_servers.sloop.default_tools_approval_mode="prompt"'],
      });
      const name = await opened.start();
      const agent = await opened.untilEnded(name);
      assert.deepEqual([agent.exitCode, agent.status, agent.reported], [0, 'idle', null]);
      const text = `The use of ${provider === 'claude' ? 'Write' : 'report'} was denied:`;
      assert.ok(agent.attention?.startsWith(text), agent.attention ?? 'none');
      const notes = (await opened.log(name)).filter(({ kind }) => kind === 'note');
      assert.ok(notes.some(({ content }) => content.startsWith(text)));
      assert.ok(!existsSync(outside));
    });

    it('may not do what its role may not, and cannot change a file by its shell unnoticed', async () => {
      const opened = await open({
        roles: { reader: 'access: read-only-shell\ntools: [report]' },
        scripts: once(
          { tool: 'sloop_do', input: { operation: 'todo.create', input: { title: 'Not mine' } } },
          { run: 'echo changed > changed.txt; sloop todo create "Nor this"' },
          done,
          { text: 'Bye.' },
        ),
      });
      const agent = await opened.untilEnded(await opened.start({ role: 'reader' }));
      assert.equal(agent.reported, 'done');
      assert.deepEqual((await opened.host.run('todo.list', {})).items, []);
      const [byTool = '', byShell = ''] = opened.model.asked.at(-1)?.request.results ?? [];
      assert.match(byTool, /read-only/);
      assert.match(byShell, /read-only/);
      // Codex's sandbox keeps its shell from writing; Claude Code has none.
      const isKept = provider === 'codex' && codexSandboxFault() === undefined;
      assert.equal(opened.read('changed.txt'), isKept ? undefined : 'changed\n');
      assert.match(agent.attention ?? 'none', isKept ? /^none$/ : /may only read: changed\.txt/);
    });

    it('ends with the command that it runs when it is stopped', async () => {
      const opened = await open({ scripts: once(beat, done) });
      const name = await opened.start();
      await opened.host.until(() => Number(opened.read('beat') ?? 0) > 2, 'it beats');
      await opened.host.run('agent.stop', { agents: [name] });
      const agent = await opened.untilEnded(name);
      assert.deepEqual([agent.status, agent.reported, agent.stopRequestedBy], ['stopped', null, 'person']);
      await beatsNoMore(opened);
    });

    it('ends with the command that it runs when its `sloop run` is told to', async () => {
      const steps: Step[] = [beat];
      const opened = await open({ scripts: [{ name: 'agent', steps }] });
      const name = await opened.start();
      await opened.host.until(() => Number(opened.read('beat') ?? 0) > 2, 'it beats');
      const { pid } = await opened.agent(name);
      assert.ok(pid !== null);
      // Nobody asked Sloop to stop it: ended by the signal it counts as crashed and is tried again; Claude Code may
      // also end by itself at its own stop signal, with exit code 0, and is then looked at by a person.
      steps.splice(0, 1, { text: 'Bye.' });
      process.kill(pid, 'SIGTERM');
      const agent = await opened.until(name, (one) => !isLive(one.status));
      assert.equal(agent.reported, null);
      assert.ok(agent.attention !== null);
      await beatsNoMore(opened);
    });

    it('is flagged when its model’s endpoint is dead, and can be stopped', async () => {
      const opened = await open({
        roles: { coder: 'access: full\nstallMinutes: 0.05\ntools: [report]' },
        scripts: once(done),
        modelUrl: await deadUrl(),
      });
      const name = await opened.start();
      const flagged = await opened.until(name, ({ attention }) => attention !== null);
      assert.match(flagged.attention ?? '', /^No sign of life for 0.05 minutes/);
      const retries = async () =>
        (await opened.log(name)).filter(({ content }) => content.startsWith('Trying again'));
      await opened.host.until(async () => (await retries()).length > 0, 'it says that it tries again');
      // Long enough for more of its tries: none of them counts as life.
      await sleep(4000);
      const still = await opened.agent(name);
      assert.deepEqual([still.status, still.attention], ['running', flagged.attention]);
      await opened.host.run('agent.stop', { agents: [name] });
      assert.equal((await opened.untilEnded(name)).status, 'stopped');
    });

    it('resumes the very session, and counts what it spent once', async () => {
      const steps: Step[] = [{ tool: 'report', input: { text: 'Begun' } }, { text: 'I pause.' }];
      const opened = await open({ scripts: [{ name: 'agent', steps }] });
      const name = await opened.start();
      const first = await opened.untilEnded(name);
      assert.deepEqual([first.sessionNumber, first.inputTokens], [1, 200]);
      steps.splice(1, 1, done, { text: 'Bye.' });
      await opened.host.run('agent.resume', { agent: name });
      const second = await opened.untilEnded(name);
      assert.deepEqual(
        [second.sessionNumber, second.providerSessionId, second.status, second.reported],
        [2, first.providerSessionId, 'idle', 'done'],
      );
      assert.deepEqual([second.inputTokens, second.outputTokens], [400, 40]);
      assert.equal(opened.model.asked.at(-1)?.request.results.length, 2, 'it knew what was before');
    });

    it('outlives killed hosts: what it reports meanwhile arrives at the next one, once', async () => {
      const waitFor = (file: string) => `until [ -e ${file} ]; do sleep 0.05; done`;
      const opened = await open({
        scripts: once(
          { tool: 'report', input: { text: 'Begun' } },
          { run: `${waitFor('go')}; sloop report "By the command"` },
          { run: waitFor('end') },
          done,
          { text: 'Bye.' },
        ),
      });
      const asked = (times: number) =>
        opened.host.until(() => opened.model.asked.length === times, `its model was asked ${times} times`);
      const name = await opened.start();
      await asked(2);
      await opened.host.kill();
      writeFileSync(opened.file('go'), '');
      // The command is called while there is nobody to hear it; then the bridge is.
      await sleep(700);
      await opened.host.start();
      await asked(3);
      await opened.host.kill();
      writeFileSync(opened.file('end'), '');
      await asked(4);
      await sleep(700);
      await opened.host.start();
      const agent = await opened.untilEnded(name);
      assert.deepEqual([agent.status, agent.reported, agent.attention], ['idle', 'done', null]);
      const { progress } = await opened.host.run('agent.show', { agent: name });
      assert.deepEqual(
        progress.map(({ text }) => text),
        ['All done', 'By the command', 'Begun'],
      );
      assert.deepEqual([agent.sessionNumber, agent.inputTokens, opened.model.asked.length], [1, 500, 5]);
      assert.equal((await opened.host.run('agent.list', { all: true })).items.length, 1);
    });

    async function beatsNoMore(opened: SloopWorld): Promise<void> {
      const last = Number(opened.read('beat'));
      await sleep(600);
      assert.equal(Number(opened.read('beat')), last, 'it beats no more');
      assert.ok(last < 250, 'it did not end by itself');
    }
  });
}
