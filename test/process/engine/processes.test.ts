import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { ok, refuse, type Result } from '../../../src/base/result.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { createChildProcessRunner } from '../../../src/engine/childProcessRunner.ts';
import { systemProcesses } from '../../../src/engine/processes.ts';
import { processStart } from '../../../src/engine/processIdentity.ts';
import { createSpool, spoolFile } from '../../../src/engine/spool.ts';
import type { Client } from '../../../src/operations/client.ts';
import type { ReadyLaunch } from '../../../src/operations/agent/supervision.ts';

let folder: string;

const launch = { agent: 'agent0000001', name: 'brave-otter', sessionNumber: 1 } as ReadyLaunch;

const runnerOf = (script: string, env: NodeJS.ProcessEnv = process.env) =>
  createChildProcessRunner({
    command: process.execPath,
    args: ['-e', script],
    env,
    folder: path.join(folder, 'runs'),
  });

describe('processes of the engine', () => {
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'sloop-engine-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  describe('the child-process runner', () => {
    it('tells how a process ended, with its last words, and leaves no file', async () => {
      const end = await runnerOf('console.error(process.argv.slice(1).join(" ")); process.exitCode = 7').run(
        launch,
      );
      assert.deepEqual(end, { exitCode: 7, exitSignal: null, lastWords: 'run brave-otter' });
      assert.deepEqual(await readdir(path.join(folder, 'runs')), []);
    });

    it('hands on nothing of the agent that may have started the host', async () => {
      const env = {
        PATH: process.env['PATH'],
        SLOOP_TOKEN: 'secret',
        SLOOP_AGENT: 'other',
        SLOOP_STORE: '/s',
      };
      const script = 'console.error(Object.keys(process.env).filter((n) => n.startsWith("SLOOP")).join())';
      assert.equal((await runnerOf(script, env).run(launch)).lastWords, 'SLOOP_STORE');
    });

    it('rejects when the system cannot start it', async () => {
      const runner = createChildProcessRunner({
        command: path.join(folder, 'nothing'),
        args: [],
        env: {},
        folder: path.join(folder, 'runs'),
      });
      await assert.rejects(runner.run(launch), /ENOENT/);
    });
  });

  describe('orphans', () => {
    before(function () {
      if (process.platform !== 'linux') this.skip();
    });

    it('are ended with what they started, and nobody else', async () => {
      const start = (agent: string) =>
        spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'], {
          env: { ...process.env, SLOOP_STORE: folder, SLOOP_AGENT: agent },
          stdio: ['ignore', 'pipe', 'ignore'],
          detached: true,
        });
      const [orphan, other] = [start('brave-otter'), start('calm-heron')];
      await Promise.all([once(orphan.stdout, 'data'), once(other.stdout, 'data')]);
      try {
        const ended = once(orphan, 'exit');
        assert.equal(await systemProcesses.killOrphans({ storeDir: folder, agent: 'brave-otter' }), 1);
        assert.deepEqual(await ended, [null, 'SIGKILL']);
        assert.notEqual(await processStart(other.pid ?? 0), null);
        assert.equal(await systemProcesses.killOrphans({ storeDir: folder, agent: 'brave-otter' }), 0);
      } finally {
        orphan.kill('SIGKILL');
        other.kill('SIGKILL');
      }
    });

    it('that have ended get no signal', async () => {
      const child = spawn(process.execPath, ['-e', '0']);
      await once(child, 'exit');
      assert.equal(systemProcesses.signal(child.pid ?? 0, 'SIGTERM'), false);
    });
  });

  describe('a spool', () => {
    const clientOf = (answer: (operation: string, input: unknown) => Result<unknown>) => {
      const calls: unknown[] = [];
      const client = {
        executeNamed(operation: string, input: unknown) {
          calls.push([operation, input]);
          return Promise.resolve(answer(operation, input));
        },
      } as unknown as Client;
      return { client, calls };
    };
    const fill = async (name: string, lines: readonly string[]) => {
      const file = spoolFile(folder, name, 1);
      await writeFile(file, lines.join('\n'));
      return { agent: name, sessionNumber: 1 };
    };
    const call = (operation: string, input: unknown) => JSON.stringify({ operation, input });

    it('is taken in, in order, without the half line of a writer that was killed, and removed', async () => {
      const { client, calls } = clientOf(() => ok(null));
      const spool = createSpool(folder, client, silentLogger);
      const session = await fill('agent0000001', [
        call('agent.observe', 1),
        call('agent.exited', 2),
        '{"operation":',
      ]);
      assert.deepEqual(await spool.waiting(), [session]);
      await spool.drain(session);
      assert.deepEqual(calls, [
        ['agent.observe', 1],
        ['agent.exited', 2],
      ]);
      assert.deepEqual(await spool.waiting(), []);
      await spool.drain(session);
      assert.equal(calls.length, 2);
    });

    it('goes on after a refusal, and keeps everything when the host cannot write', async () => {
      const refused = clientOf(() => refuse('missing', 'gone', ''));
      await createSpool(folder, refused.client, silentLogger).drain(
        await fill('agent0000002', [call('agent.observe', 1), call('agent.exited', 2)]),
      );
      assert.equal(refused.calls.length, 2);
      const full = clientOf(() => refuse('unavailable', 'the disk is full', ''));
      const spool = createSpool(folder, full.client, silentLogger);
      const session = await fill('agent0000003', [call('agent.observe', 1), call('agent.exited', 2)]);
      await assert.rejects(spool.drain(session), /disk is full/);
      assert.deepEqual(await spool.waiting(), [session]);
    });

    it('is empty where there is no folder', async () => {
      const { client } = clientOf(() => ok(null));
      const spool = createSpool(path.join(folder, 'none'), client, silentLogger);
      assert.deepEqual(await spool.waiting(), []);
      await spool.drain({ agent: 'agent0000009', sessionNumber: 1 });
    });
  });
});
