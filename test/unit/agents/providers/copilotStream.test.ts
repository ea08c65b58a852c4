import assert from 'node:assert/strict';
import { CopilotStream } from '../../../../src/agents/providers/copilotStream.ts';
import { replay } from '../../../support/recordedStream.ts';

const line = (type: string, data: object = {}, more: object = {}) => JSON.stringify({ type, data, ...more });
const usageText = (inputTokens: number, outputTokens: number) =>
  JSON.stringify({ modelMetrics: { one: { usage: { inputTokens, outputTokens, cacheReadTokens: 5 } } } });
const ended = { exitCode: 0, signal: null, stderrTail: '' };

describe('the stream of Copilot CLI', () => {
  it('gives what was done, denied, said and spent, in order', () => {
    const seen = replay(new CopilotStream(), 'copilot-denied', { usageText: usageText(400, 40) });
    assert.deepEqual(
      seen
        .filter(({ kind }) => kind !== 'session')
        .map((one) => (one.kind === 'denied' ? { ...one, reason: one.reason.slice(0, 17) } : one)),
      [
        { kind: 'used', tool: 'report', summary: 'started' },
        { kind: 'used', tool: 'create', summary: '/elsewhere/outside.txt' },
        { kind: 'denied', tool: 'create', reason: 'Permission denied' },
        { kind: 'used', tool: 'create', summary: '/repository/greeting.txt' },
        { kind: 'said', text: 'All done.' },
        { kind: 'usage', usage: { inputTokens: 400, outputTokens: 40, cachedTokens: 5 } },
        { kind: 'ended', text: 'All done.' },
      ],
    );
  });

  it('counts what this process spent of its session', () => {
    const parser = new CopilotStream({ inputTokens: 300, outputTokens: 30, cachedTokens: 5 });
    parser.push(line('result', {}, { exitCode: 0, sessionId: 's' }));
    assert.deepEqual(parser.end({ ...ended, usageText: usageText(400, 40) })[0], {
      kind: 'usage',
      usage: { inputTokens: 100, outputTokens: 10, cachedTokens: 0 },
    });
  });

  it('shows no sign of life between a failed call and the next answer', () => {
    const parser = new CopilotStream();
    const failure = line('model.call_failure', { statusCode: 429, errorMessage: '{"message":"Slow down."}' });
    const kinds = (text: string) => parser.push(text).map(({ kind }) => kind);
    assert.deepEqual(parser.push(line('model.call_start')), []);
    assert.deepEqual(parser.push(failure), [{ kind: 'retrying', failure: 'quota', reason: 'Slow down.' }]);
    for (const type of ['model.call_finished', 'assistant.turn_retry', 'session.info', 'model.call_start'])
      assert.deepEqual(kinds(line(type)), ['retrying'], type);
    assert.deepEqual(kinds(line('assistant.message', { content: 'Back.' })), ['said']);
    assert.deepEqual(parser.push(line('model.call_start')), []);
  });

  it('tells why it failed, and until when', () => {
    const error = (data: object) => new CopilotStream().push(line('session.error', data))[0];
    const kind = (data: object) => {
      const seen = error(data);
      return seen?.kind === 'failed' && seen.failure;
    };
    assert.equal(kind({ errorType: 'authentication', message: 'x' }), 'auth');
    assert.equal(kind({ errorType: 'quota', message: 'x' }), 'quota');
    assert.equal(kind({ errorType: 'query', statusCode: 402, message: '402 payment' }), 'quota');
    assert.equal(kind({ errorType: 'query', message: 'Could not connect to local model provider' }), 'model');
    const limited = error({ errorType: 'rate_limit', message: 'Please try again in 2 hours.' });
    assert.ok(limited?.kind === 'failed' && limited.until !== undefined);
  });

  it('does not take a stopped run for a finished one, although its exit code is 0', () => {
    const parser = new CopilotStream();
    parser.push(line('abort', { reason: 'user_initiated' }));
    parser.push(line('result', {}, { exitCode: 0, sessionId: 's' }));
    assert.deepEqual(
      parser.end(ended).map(({ kind }) => kind),
      ['failed'],
    );
  });

  it('tells of the bridge, and of a login that is missing', () => {
    const server = { serverName: 'sloop', status: 'failed', error: 'exited (exit code 69)' };
    assert.deepEqual(new CopilotStream().push(line('session.mcp_server_status_changed', server)), [
      {
        kind: 'failed',
        failure: 'bridge',
        reason: 'Copilot CLI could not start Sloop’s MCP server: exited (exit code 69).',
      },
    ]);
    const stderrTail = 'Error: No authentication information found.\n\nTo authenticate, …';
    const [failed] = new CopilotStream().end({ exitCode: 1, signal: null, stderrTail });
    assert.ok(failed?.kind === 'failed' && failed.failure === 'auth');
  });

  it('keeps what it does not know', () => {
    const raw = line('session.novelty');
    assert.deepEqual(new CopilotStream().push(raw), [{ kind: 'unknown', raw }]);
    assert.deepEqual(new CopilotStream().push('words'), [{ kind: 'unknown', raw: 'words' }]);
  });
});
