import assert from 'node:assert/strict';
import { GeminiStream } from '../../../../src/agents/providers/geminiStream.ts';
import { replay } from '../../../support/recordedStream.ts';

const line = (event: object) => JSON.stringify(event);
const over = line({
  type: 'result',
  status: 'success',
  stats: { input_tokens: 1, output_tokens: 2, cached: 0 },
});
const ended = { exitCode: 0, signal: null, stderrTail: '' };

describe('the stream of Gemini CLI', () => {
  it('gives what was done, denied, said and spent, in order', () => {
    const seen = replay(new GeminiStream(), 'gemini-denied');
    const outside = '/elsewhere/outside.txt';
    assert.deepEqual(
      seen.map((one) => (one.kind === 'denied' ? { ...one, reason: one.reason.slice(0, 21) } : one)),
      [
        { kind: 'session', providerSessionId: '752dabe7-42be-4f97-8671-1c63bc4f503f' },
        { kind: 'used', tool: 'report', summary: 'started' },
        { kind: 'used', tool: 'write_file', summary: outside },
        { kind: 'denied', tool: 'write_file', reason: 'Path not in workspace' },
        { kind: 'used', tool: 'write_file', summary: '/repository/greeting.txt' },
        { kind: 'said', text: 'All done.' },
        { kind: 'usage', usage: { inputTokens: 400, outputTokens: 40, cachedTokens: 0 } },
        { kind: 'ended', text: 'All done.' },
      ],
    );
  });

  it('puts what comes in pieces together', () => {
    const parser = new GeminiStream();
    const piece = (content: string) => line({ type: 'message', role: 'assistant', content, delta: true });
    assert.deepEqual([...parser.push(piece('All ')), ...parser.push(piece('done.'))], []);
    assert.deepEqual(parser.push(over)[0], { kind: 'said', text: 'All done.' });
  });

  it('takes a new attempt for no sign of life, nor its stack', () => {
    const parser = new GeminiStream();
    const failed =
      'Attempt 1 failed. Retrying with backoff... Error: exception TypeError: fetch failed sending request';
    assert.deepEqual(
      parser.pushError(failed)?.map(({ kind }) => kind),
      ['retrying'],
    );
    assert.deepEqual(parser.pushError('    at async Models.generateContentStream (chunk.js:1:2) {'), []);
    assert.deepEqual(parser.pushError('  status: 429'), []);
    assert.equal(parser.pushError('Ripgrep is not available.'), undefined);
  });

  it('tells a quota with its time, in the endpoint’s own words', () => {
    const message =
      '[API Error: {"error":{"code":429,"message":"Quota exceeded.","status":"RESOURCE_EXHAUSTED"}}]';
    const error = { type: 'unknown', message: `${message}\nSuggested retry after 600s.` };
    const [failed] = new GeminiStream().push(line({ type: 'result', status: 'error', error }));
    assert.ok(failed?.kind === 'failed');
    assert.deepEqual([failed.failure, failed.reason], ['quota', 'Quota exceeded.']);
    const inMs = Date.parse(failed.until ?? '') - Date.now();
    assert.ok(inMs > 590_000 && inMs <= 600_000);
  });

  it('tells that its settings file was left out, or that ours is the server that failed', () => {
    const skipped =
      "Security Warning: Skipping system defaults file '/x/gemini-settings.json': group can write";
    assert.deepEqual(new GeminiStream().end({ exitCode: 41, signal: null, stderrTail: skipped })[0], {
      kind: 'failed',
      failure: 'bridge',
      reason: skipped,
    });
    for (const used of [false, true]) {
      const parser = new GeminiStream();
      assert.equal(parser.pushError('MCP issues detected. Run /mcp list for status.'), undefined);
      if (used) parser.push(line({ type: 'tool_use', tool_name: 'mcp_sloop_report', tool_id: '1' }));
      parser.push(over);
      assert.deepEqual(
        parser.end(ended).map((one) => one.kind === 'failed' && one.failure),
        used ? [] : ['bridge'],
      );
    }
  });

  it('keeps what it does not know, and fails where the end came first', () => {
    const parser = new GeminiStream();
    assert.deepEqual(parser.push('{"type":"new"}'), [{ kind: 'unknown', raw: '{"type":"new"}' }]);
    assert.deepEqual(parser.push('words'), [{ kind: 'unknown', raw: 'words' }]);
    const login = 'Please set an Auth method in your settings.json or specify one of: GEMINI_API_KEY';
    for (const [end, failure] of [
      [{ ...ended, exitCode: 41, stderrTail: `Ripgrep is not available.\n${login}\n` }, 'auth'],
      [{ ...ended, exitCode: null, signal: 'SIGTERM' }, 'other'],
      [
        { ...ended, exitCode: 42, stderrTail: 'Error resuming session: Invalid session identifier "x".' },
        'session',
      ],
      [
        { ...ended, exitCode: 53, stderrTail: 'Reached max session turns for this session. Cannot go on.' },
        'limit',
      ],
    ] as const)
      assert.deepEqual(
        new GeminiStream().end(end).map((one) => one.kind === 'failed' && one.failure),
        [failure],
      );
  });
});
