import assert from 'node:assert/strict';
import { ClaudeTranscript } from '../../../../../src/agents/providers/transcripts/claudeTranscript.ts';
import { CodexTranscript } from '../../../../../src/agents/providers/transcripts/codexTranscript.ts';
import type { TranscriptParser } from '../../../../../src/agents/providers/transcripts/transcriptParser.ts';

const read = (parser: TranscriptParser, lines: readonly object[]) =>
  lines.flatMap((line) => parser.push(JSON.stringify(line)));

/** Lines as Claude Code 2.1.197 writes them, but for what does not matter. */
const assistant = (id: string, content: readonly object[], outputTokens: number, more: object = {}) => ({
  parentUuid: null,
  isSidechain: false,
  type: 'assistant',
  message: {
    id,
    role: 'assistant',
    content,
    usage: {
      input_tokens: 100,
      cache_creation_input_tokens: 20,
      cache_read_input_tokens: 30,
      output_tokens: outputTokens,
    },
  },
  timestamp: '2026-11-21T10:33:28.989Z',
  ...more,
});
const text = (words: string) => ({ type: 'text', text: words });

describe('a session file of Claude Code', () => {
  it('shows what was said, used and spent, each message’s tokens once', () => {
    const seen = read(new ClaudeTranscript(), [
      { type: 'mode', mode: 'normal' },
      { type: 'user', message: { role: 'user', content: 'Do it' }, timestamp: '2026-11-21T10:33:15.490Z' },
      assistant('msg_1', [text('I look.')], 4),
      assistant('msg_1', [{ type: 'tool_use', id: 't', name: 'Bash', input: { command: 'ls' } }], 10),
      assistant(
        'msg_2',
        [{ type: 'tool_use', id: 'u', name: 'mcp__sloop__report', input: { text: 'On' } }],
        7,
      ),
    ]);
    assert.deepEqual(seen, [
      { kind: 'said', text: 'I look.' },
      { kind: 'usage', usage: { inputTokens: 150, outputTokens: 4, cachedTokens: 30 } },
      { kind: 'used', tool: 'Bash', summary: 'ls' },
      { kind: 'usage', usage: { inputTokens: 0, outputTokens: 6, cachedTokens: 0 } },
      { kind: 'used', tool: 'report', summary: '{"text":"On"}' },
      { kind: 'usage', usage: { inputTokens: 150, outputTokens: 7, cachedTokens: 30 } },
    ]);
  });

  it('keeps a subagent’s words from its starter’s, and tells of failures', () => {
    const seen = read(new ClaudeTranscript(), [
      assistant('msg_1', [text('To my starter.')], 0, { isSidechain: true }),
      { type: 'system', subtype: 'api_error', error: { message: 'Connection error.', status: 529 } },
      assistant('msg_2', [text('API Error: 429 rate limit')], 0, { isApiErrorMessage: true }),
    ]);
    assert.deepEqual(
      seen.map(({ kind }) => kind),
      ['usage', 'retrying', 'failed'],
    );
    assert.deepEqual(seen[2], { kind: 'failed', failure: 'quota', reason: 'API Error: 429 rate limit' });
  });

  it('makes nothing of what it does not know', () => {
    assert.deepEqual(new ClaudeTranscript().push('no JSON'), []);
    assert.deepEqual(read(new ClaudeTranscript(), [{ type: 'something-new' }, {}]), []);
  });
});

describe('a rollout file of Codex', () => {
  const entry = (type: string, payload: object) => ({ timestamp: '2026-11-21T10:34:33.405Z', type, payload });

  it('shows what was said, used and spent', () => {
    const seen = read(new CodexTranscript(), [
      entry('session_meta', { id: 's' }),
      entry('response_item', { type: 'message', role: 'user', content: [] }),
      entry('response_item', {
        type: 'function_call',
        name: 'exec_command',
        arguments: '{"cmd":"echo one > one.txt"}',
        call_id: 'c',
      }),
      entry('token_usage_record', {
        usage: { input_tokens: 100, cached_input_tokens: 40, output_tokens: 10, total_tokens: 110 },
      }),
      entry('event_msg', {
        type: 'item_completed',
        item: { type: 'AgentMessage', id: 'm', content: [{ type: 'Text', text: 'All done.' }] },
      }),
      entry('event_msg', { type: 'token_count', info: { total_token_usage: { input_tokens: 100 } } }),
      entry('event_msg', { type: 'task_complete', last_agent_message: 'All done.' }),
    ]);
    assert.deepEqual(seen, [
      { kind: 'used', tool: 'exec_command', summary: 'echo one > one.txt' },
      { kind: 'usage', usage: { inputTokens: 100, outputTokens: 10, cachedTokens: 40 } },
      { kind: 'said', text: 'All done.' },
    ]);
  });

  it('tells of failures', () => {
    const seen = read(new CodexTranscript(), [
      entry('event_msg', { type: 'stream_error', message: 'stream disconnected' }),
      entry('event_msg', { type: 'error', message: 'You have hit your usage limit.' }),
    ]);
    assert.deepEqual(
      seen.map((one) => [one.kind, 'failure' in one ? one.failure : null]),
      [
        ['retrying', 'model'],
        ['failed', 'quota'],
      ],
    );
  });
});
