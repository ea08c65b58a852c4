import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ok, refuse, type Result } from '../../../../src/base/result.ts';
import { Reporter } from '../../../../src/cli/run/reporter.ts';
import { HostAway, HostFault } from '../../../../src/gateway/client/hostLink.ts';
import { waitFor } from '../../../support/waitFor.ts';

interface Observations {
  readonly observations: readonly { readonly number: number; readonly seen: { text?: string } }[];
}

describe('reporting to the host', () => {
  let folder = '';
  let away: Error | undefined;
  let answer: Result<unknown> = ok({ stop: false, current: true });
  let calls: [string, unknown][] = [];
  const happened: string[] = [];
  let reporter: Reporter;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-reporter-'));
    away = undefined;
    answer = ok({ stop: false, current: true });
    calls = [];
    happened.length = 0;
    reporter = new Reporter({
      link: {
        execute(operation, input) {
          if (away !== undefined) return Promise.reject(away);
          calls.push([operation, input]);
          return Promise.resolve(operation === 'agent.attach' ? ok({ stop: false }) : answer);
        },
      },
      agent: 'agent0000001',
      sessionNumber: 1,
      process: { pid: 7, pidStartedAt: 'then' },
      spool: path.join(folder, 'spool', 'agent0000001-1.jsonl'),
      onStop: () => happened.push('stop'),
      onReplaced: (why) => happened.push(`replaced: ${why}`),
      onNote: (text) => happened.push(`note: ${text}`),
    });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const say = (text: string) => reporter.see({ kind: 'said', text });
  const exit = (patienceMs: number) => reporter.exited({ exitCode: 0, exitSignal: null }, patienceMs);
  const words = () =>
    calls
      .filter(([operation]) => operation === 'agent.observe')
      .flatMap(([, input]) =>
        (input as Observations).observations.map(({ number, seen }) => `${number} ${seen.text}`),
      );
  const spooled = () => {
    const file = path.join(folder, 'spool', 'agent0000001-1.jsonl');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };

  it('gathers what comes together and ends with the exit', async () => {
    for (const text of ['a', 'b', 'c']) say(text);
    assert.ok(await exit(1000));
    assert.deepEqual(words(), ['1 a', '2 b', '3 c']);
    assert.deepEqual(
      calls.map(([operation]) => operation),
      ['agent.observe', 'agent.exited'],
    );
  });

  it('cuts batches so that each fits into one call, in order', async () => {
    for (let number = 1; number <= 450; number += 1) say(`${number}`);
    say('x'.repeat(90_000));
    say('y'.repeat(90_000));
    await exit(1000);
    const sizes = calls.slice(0, -1).map(([, input]) => (input as Observations).observations.length);
    assert.deepEqual(sizes, [200, 200, 51, 1]);
    assert.deepEqual(
      calls
        .slice(0, -1)
        .flatMap(([, input]) => (input as Observations).observations.map(({ number }) => number)),
      Array.from({ length: 452 }, (_, index) => index + 1),
    );
  });

  for (const [name, error] of [
    ['away', new HostAway('No host.', { sent: true })],
    ['broken', new HostFault('It failed.', 'ref')],
  ] as const)
    it(`spools while the host is ${name}, attaches when it is back, and removes the spool`, async () => {
      away = error;
      say('a');
      await waitFor(() => spooled().length === 1);
      say('b');
      await waitFor(() => spooled().length === 2);
      away = undefined;
      await waitFor(() => words().length === 2);
      await waitFor(() => spooled().length === 0);
      assert.deepEqual(calls.map(([operation]) => operation).slice(0, 2), ['agent.attach', 'agent.observe']);
      assert.ok(await exit(1000));
      assert.deepEqual(words(), ['1 a', '2 b']);
    });

  it('leaves everything in the spool, once each and in order, when no host comes', async () => {
    say('a');
    await waitFor(() => words().length === 1);
    away = new HostAway('No host.', { sent: false });
    say('b');
    await waitFor(() => spooled().length === 1);
    say('c');
    assert.equal(await exit(0), false);
    const lines = spooled().map((line) => JSON.parse(line) as { operation: string; input: Observations });
    assert.deepEqual(
      lines.map(({ operation }) => operation),
      ['agent.observe', 'agent.observe', 'agent.exited'],
    );
    assert.deepEqual(
      lines.slice(0, 2).map(({ input }) => input.observations[0]?.number),
      [2, 3],
    );
  });

  it('takes a host that cannot listen now for an absent one, and ends nobody for it', async () => {
    answer = refuse('limit', 'Too many calls.', 'n');
    say('a');
    await waitFor(() => spooled().length === 1);
    answer = ok({ stop: false, current: true });
    await waitFor(() => spooled().length === 0);
    assert.ok(await exit(1000));
    assert.deepEqual([...new Set(words())], ['1 a']);
    assert.deepEqual(
      happened.filter((text) => !text.startsWith('note')),
      [],
    );
  });

  it('goes on without a spool where none can be written', async () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file where the folder should be');
    away = new HostAway('No host.', { sent: false });
    say('a');
    await waitFor(() => happened.some((text) => text.startsWith('note: The spool cannot be written')));
    away = undefined;
    assert.ok(await exit(5000));
    assert.deepEqual(words(), ['1 a']);
  });

  it('hands on that the end is asked for, and that its place was taken', async () => {
    answer = ok({ stop: true, current: true });
    say('a');
    await waitFor(() => happened.includes('stop'));
    answer = refuse('missing', 'There is no agent here.', 'n');
    say('b');
    await waitFor(() => happened.includes('replaced: There is no agent here.'));
    await exit(1000);
  });
});
