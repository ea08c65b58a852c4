import assert from 'node:assert/strict';
import { ClaudeStream } from '../../../../src/agents/providers/claudeStream.ts';
import { replay } from '../../../support/recordedStream.ts';

const line = (event: object) => JSON.stringify(event);
const result = { type: 'result', subtype: 'success', is_error: false, result: 'Done.' };

describe('the stream of Claude Code', () => {
  it('gives what was done, said, denied and spent, in order', () => {
    const seen = replay(new ClaudeStream(), 'claude-denied');
    assert.deepEqual(
      seen.filter(({ kind }) => kind !== 'usage' && kind !== 'session'),
      [
        { kind: 'used', tool: 'report', summary: 'a' },
        { kind: 'used', tool: 'Bash', summary: 'echo hi > out.txt; cat out.txt' },
        { kind: 'used', tool: 'Write', summary: '/workspace/repo/new.txt' },
        { kind: 'used', tool: 'todo_delete', summary: 'b' },
        { kind: 'said', text: 'APPROVED: done' },
        {
          kind: 'denied',
          tool: 'Bash',
          reason:
            "Output redirection to '/workspace/repo/out.txt' was blocked. For security, Claude Code may only write " +
            "to files in the allowed working directories for this session: '/workspace/repo'.",
        },
        {
          kind: 'denied',
          tool: 'Write',
          reason:
            "Claude requested permissions to write to /workspace/repo/new.txt, but you haven't granted it yet.",
        },
        {
          kind: 'denied',
          tool: 'todo_delete',
          reason:
            "Claude requested permissions to use mcp__sloop__todo_delete, but you haven't granted it yet.",
        },
        { kind: 'ended', text: 'APPROVED: done' },
      ],
    );
    const usage = seen.filter((one) => one.kind === 'usage').map((one) => one.usage);
    assert.equal(usage.length, 6, 'one for each answer, and the cost with the result');
    assert.equal(usage.at(-1)?.costUsd, 0.00375);
    assert.equal(
      usage.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
      500,
    );
  });

  it('counts a message once, and what its result adds', () => {
    const parser = new ClaudeStream();
    const usage = {
      input_tokens: 5,
      cache_read_input_tokens: 90,
      cache_creation_input_tokens: 5,
      output_tokens: 1,
    };
    const message = line({ type: 'assistant', message: { id: 'm1', content: [], usage } });
    assert.deepEqual(parser.push(message), [
      { kind: 'usage', usage: { inputTokens: 100, outputTokens: 1, cachedTokens: 90 } },
    ]);
    assert.deepEqual(parser.push(message), []);
    const total = { ...usage, output_tokens: 40 };
    assert.deepEqual(parser.push(line({ ...result, usage: total, total_cost_usd: 0.5 }))[0], {
      kind: 'usage',
      usage: { inputTokens: 0, outputTokens: 39, cachedTokens: 0, costUsd: 0.5 },
    });
  });

  it('tells a bridge that did not start', () => {
    const seen = replay(new ClaudeStream(), 'claude-bridge-failed');
    assert.deepEqual(seen[1], {
      kind: 'failed',
      failure: 'bridge',
      reason: 'Claude Code could not start Sloop’s MCP server (failed).',
    });
  });

  it('tells retries as no progress, and the end by a signal', () => {
    const seen = replay(new ClaudeStream(), 'claude-quota', { exitCode: null, signal: 'SIGTERM' });
    assert.deepEqual(
      seen.map((one) => ('failure' in one ? `${one.kind} ${one.failure}` : one.kind)),
      ['session', 'retrying quota', 'retrying quota', 'retrying quota', 'failed other'],
    );
  });

  it('tells until when an account is exhausted', () => {
    const parser = new ClaudeStream();
    const info = { status: 'rejected', resetsAt: 1_800_000_000 };
    assert.equal(parser.push(line({ type: 'rate_limit_event', rate_limit_info: info }))[0]?.kind, 'retrying');
    const seen = parser.push(
      line({ ...result, is_error: true, api_error_status: 429, result: 'Limit reached' }),
    );
    assert.deepEqual(seen, [
      { kind: 'failed', failure: 'quota', reason: 'Limit reached', until: '2027-01-15T08:00:00.000Z' },
    ]);
  });

  for (const [what, fields, failure] of [
    ['a turn limit', { subtype: 'error_max_turns', errors: ['Reached maximum'] }, 'limit'],
    ['a cost limit', { subtype: 'error_max_budget_usd' }, 'limit'],
    ['no login', { result: 'Not logged in · Please run /login' }, 'auth'],
    ['a refused key', { api_error_status: 401, result: 'API Error: 401' }, 'auth'],
    ['a model that fails', { api_error_status: 529, result: 'Overloaded' }, 'model'],
    [
      'an unknown session',
      { subtype: 'error_during_execution', errors: ['No conversation found with session ID: x'] },
      'session',
    ],
    ['anything else', { subtype: 'error_during_execution', errors: ['Broken pipe'] }, 'other'],
  ] as const) {
    it(`tells ${what} as ${failure}`, () => {
      const seen = new ClaudeStream().push(line({ ...result, result: undefined, is_error: true, ...fields }));
      assert.deepEqual(
        seen.map((one) => ('failure' in one ? one.failure : one.kind)),
        [failure],
      );
    });
  }

  it('says that it was stopped, where Claude Code gives a diagnosis of its insides', () => {
    const stopped = { subtype: 'error_during_execution', terminal_reason: 'aborted_tools', is_error: true };
    const seen = new ClaudeStream().push(
      line({ type: 'result', ...stopped, errors: ['[ede_diagnostic] x'] }),
    );
    assert.deepEqual(seen, [
      { kind: 'failed', failure: 'other', reason: 'Stopped before its turn was over.' },
    ]);
  });

  it('keeps what it does not know, and is never stopped by it', () => {
    const parser = new ClaudeStream();
    for (const raw of [
      '{"type":"assistant","mess',
      'plain words',
      '{"type":"brand_new"}',
      '[1]',
      '{"type":"result"}',
    ]) {
      assert.deepEqual(parser.push(raw), [{ kind: 'unknown', raw }]);
    }
    assert.deepEqual(parser.push(''), []);
    assert.deepEqual(parser.push(line(result)), [{ kind: 'ended', text: 'Done.' }]);
    assert.deepEqual(parser.end({ exitCode: 0, signal: null, stderrTail: '' }), []);
  });

  it('keeps a subagent’s words out of what the agent said', () => {
    const content = [
      { type: 'text', text: 'inner' },
      { type: 'tool_use', name: 'Grep', input: { pattern: 'x' } },
    ];
    const event = { type: 'assistant', parent_tool_use_id: 'toolu_1', message: { id: 'm', content } };
    assert.deepEqual(new ClaudeStream().push(line(event)), [{ kind: 'used', tool: 'Grep', summary: 'x' }]);
  });

  it('takes an end without a result for a failure, even with exit code 0', () => {
    const seen = new ClaudeStream().end({ exitCode: 0, signal: null, stderrTail: '' });
    assert.equal(seen[0]?.kind, 'failed');
  });
});
