import assert from 'node:assert/strict';
import path from 'node:path';
import { agentEnvironment } from '../../../../src/cli/run/agentEnvironment.ts';
import { pieces } from '../../../../src/cli/run/batches.ts';
import { LineSplitter } from '../../../../src/cli/run/lines.ts';
import { seenOf } from '../../../../src/cli/run/seenOf.ts';
import { Termination } from '../../../../src/cli/run/termination.ts';
import { waitFor } from '../../../support/waitFor.ts';

describe('lines of output', () => {
  const lines = (...chunks: Buffer[]): string[] => {
    const found: string[] = [];
    const splitter = new LineSplitter((line) => found.push(line));
    for (const chunk of chunks) splitter.push(chunk);
    splitter.end();
    return found;
  };

  it('come whole however the bytes are cut, also within a letter', () => {
    const bytes = Buffer.from('ein Übel\nzwei\r\n\ndrei');
    const expected = ['ein Übel', 'zwei', '', 'drei'];
    for (let cut = 0; cut <= bytes.length; cut += 1)
      assert.deepEqual(lines(bytes.subarray(0, cut), bytes.subarray(cut)), expected, `cut at ${cut}`);
  });

  it('end at a newline alone: JSON may hold U+2028', () => {
    assert.deepEqual(lines(Buffer.from('{"a":"x\u2028y"}\n')), ['{"a":"x\u2028y"}']);
  });
});

describe('observations on their way', () => {
  it('lose nothing of a long text', () => {
    const text = 'äb'.repeat(123_456);
    assert.equal(pieces(text).join(''), text);
    assert.ok(pieces(text).every((piece) => piece.length <= 100_000));
    assert.equal(seenOf({ kind: 'said', text }).length, 3);
  });

  it('say until when an account is exhausted', () => {
    const until = '2026-11-21T12:00:00.000Z';
    const reason = `used up (until ${until})`;
    for (const kind of ['failed', 'retrying'] as const)
      assert.deepEqual(seenOf({ kind, failure: 'quota', reason: 'used up', until }), [
        { kind, failure: 'quota', reason, until },
      ]);
    assert.deepEqual(seenOf({ kind: 'failed', failure: 'auth', reason: 'no login' }), [
      { kind: 'failed', failure: 'auth', reason: 'no login' },
    ]);
  });
});

describe("an agent's environment", () => {
  it("has nothing of another agent's Sloop, and the command first on the PATH", () => {
    const environment = agentEnvironment(
      {
        PATH: '/bin',
        HOME: '/h',
        ELECTRON_RUN_AS_NODE: '1',
        SLOOP_TOKEN: 'secret of another',
        SLOOP_AGENT: 'calm-heron',
      },
      { SLOOP_AGENT: 'brave-otter' },
      '/private/bin',
    );
    assert.deepEqual(environment, {
      PATH: ['/private/bin', '/bin'].join(path.delimiter),
      HOME: '/h',
      SLOOP_AGENT: 'brave-otter',
    });
  });
});

describe('ending a process', () => {
  it('asks once, then kills when nothing happens', async () => {
    const signals: string[] = [];
    const termination = new Termination({ signal: (signal) => signals.push(signal) }, undefined, 10);
    termination.ask('SIGHUP');
    termination.ask();
    await waitFor(() => signals.length === 2);
    assert.deepEqual(signals, ['SIGHUP', 'SIGKILL']);
    termination.done();
  });

  it('asks a process that wants another signal by that one alone', () => {
    const signals: string[] = [];
    const termination = new Termination({ signal: (signal) => signals.push(signal) }, 'SIGINT', 10);
    termination.ask('SIGTERM');
    termination.done();
    assert.deepEqual(signals, ['SIGINT']);
  });

  it('does not kill what has ended', async () => {
    const signals: string[] = [];
    const termination = new Termination({ signal: (signal) => signals.push(signal) }, undefined, 10);
    termination.ask();
    termination.done();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(signals, ['SIGTERM']);
  });
});
