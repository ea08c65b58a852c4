import assert from 'node:assert/strict';
import { OpencodeStream } from '../../../../src/agents/providers/opencodeStream.ts';
import { replay } from '../../../support/recordedStream.ts';

const line = (type: string, fields: object) => JSON.stringify({ type, sessionID: 'ses_1', ...fields });
const log = (level: string, rest: string) =>
  `timestamp=2026-11-21T11:37:57.239Z level=${level} run=1 ${rest}`;
const ended = { exitCode: 0, signal: null, stderrTail: '' };

describe('the stream of opencode', () => {
  it('gives what was done, denied, said and spent, in order', () => {
    const seen = replay(new OpencodeStream(), 'opencode-denied');
    const usage = { inputTokens: 100, outputTokens: 10, cachedTokens: 0 };
    assert.deepEqual(
      seen
        .filter(({ kind }) => kind !== 'session')
        .map((one) => (one.kind === 'denied' ? { kind: one.kind, tool: one.tool } : one)),
      [
        { kind: 'used', tool: 'report', summary: 'started' },
        { kind: 'usage', usage },
        { kind: 'used', tool: 'write', summary: '/elsewhere/outside.txt' },
        { kind: 'denied', tool: 'write' },
        { kind: 'usage', usage },
        { kind: 'used', tool: 'write', summary: '/repository/greeting.txt' },
        { kind: 'usage', usage },
        { kind: 'said', text: 'All done.' },
        { kind: 'usage', usage },
        { kind: 'ended', text: 'All done.' },
      ],
    );
    assert.equal(seen.filter(({ kind }) => kind === 'session').length, 1);
  });

  it('counts tokens read from a cache and its cost', () => {
    const tokens = { input: 10, output: 5, reasoning: 2, cache: { read: 80, write: 10 } };
    const seen = new OpencodeStream().push(
      line('step_finish', { part: { reason: 'tool-calls', tokens, cost: 0.25 } }),
    );
    const usage = { inputTokens: 100, outputTokens: 7, cachedTokens: 80, costUsd: 0.25 };
    assert.deepEqual(seen.at(-1), { kind: 'usage', usage });
  });

  it('reads in its log that it tries again', () => {
    const parser = new OpencodeStream();
    const problem =
      'message="stream error" session.id=s small=false error.error="AI_APICallError: Rate limit reached"';
    assert.deepEqual(parser.pushError(log('ERROR', problem)), [
      { kind: 'retrying', failure: 'quota', reason: 'Rate limit reached' },
    ]);
    assert.deepEqual(parser.pushError(log('ERROR', problem.replace('small=false', 'small=true'))), []);
    assert.deepEqual(parser.pushError(log('ERROR', 'message=process error="Rate limit reached"')), []);
    assert.equal(parser.pushError('! permission requested: x; auto-rejecting'), undefined);
  });

  it('reads in its log that the bridge did not start, and no other server', () => {
    const server = (key: string) => log('WARN', `message="server unavailable" key=${key} type=local`);
    const seen = new OpencodeStream().pushError(server('sloop'));
    assert.ok(seen?.[0]?.kind === 'failed' && seen[0].failure === 'bridge');
    assert.equal(new OpencodeStream().pushError(server('other')), undefined);
  });

  it('tells why it failed, and until when the endpoint says', () => {
    const error = (data: object, name = 'APIError') => {
      const parser = new OpencodeStream();
      const seen = parser.push(line('error', { error: { name, data } }));
      assert.deepEqual(parser.end({ ...ended, exitCode: 1 }), [], 'told once');
      const failed = seen.at(-1);
      assert.ok(failed?.kind === 'failed');
      return failed;
    };
    assert.equal(error({ message: 'no such key', statusCode: 401 }).failure, 'auth');
    assert.equal(error({ message: 'x' }, 'ProviderAuthError').failure, 'auth');
    const limited = error({ message: 'x', statusCode: 429, responseHeaders: { 'retry-after': '60' } });
    assert.ok(limited.failure === 'quota' && limited.until !== undefined);
  });

  it('keeps what it does not know, and fails where the end came first', () => {
    assert.deepEqual(new OpencodeStream().push('words'), [{ kind: 'unknown', raw: 'words' }]);
    const stderrTail = `${log('WARN', 'message=x')}\n\u001b[91mError: \u001b[0mSession not found\n`;
    assert.deepEqual(new OpencodeStream().end({ ...ended, exitCode: 1, stderrTail }), [
      { kind: 'failed', failure: 'session', reason: 'Error: Session not found' },
    ]);
  });
});
