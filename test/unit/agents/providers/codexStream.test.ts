import assert from 'node:assert/strict';
import { CodexStream } from '../../../../src/agents/providers/codexStream.ts';
import { replay } from '../../../support/recordedStream.ts';

const line = (event: object) => JSON.stringify(event);

describe('the stream of Codex', () => {
  it('gives what was done, said and spent, in order', () => {
    const seen = replay(new CodexStream(), 'codex-work');
    assert.deepEqual(
      seen.map((one) => ('tool' in one ? `${one.kind} ${one.tool}` : one.kind)),
      [
        'session',
        'unknown',
        'used report',
        'used shell',
        'used shell',
        'used todo_delete',
        'said',
        'usage',
        'ended',
      ],
    );
    assert.deepEqual(seen.slice(-2), [
      { kind: 'usage', usage: { inputTokens: 500, outputTokens: 50, cachedTokens: 0 } },
      { kind: 'ended', text: 'APPROVED: done' },
    ]);
  });

  it('tells once that its sandbox does not work on this machine', () => {
    const stream = new CodexStream();
    const command = (output: string) =>
      stream.push(
        line({
          type: 'item.completed',
          item: {
            type: 'command_execution',
            command: 'ls',
            status: 'failed',
            exit_code: 1,
            aggregated_output: output,
          },
        }),
      );
    assert.deepEqual(command('ls: no such file\n'), []);
    assert.deepEqual(command('bwrap: one line of\na longer output\n'), []);
    const [told, ...more] = command('bwrap: Creating new namespace failed: Operation not permitted\n');
    assert.ok(told?.kind === 'failed' && told.failure === 'sandbox');
    assert.match(told.reason, /can run no command \(bwrap: Creating new namespace failed/);
    assert.deepEqual(more, []);
    assert.deepEqual(command('bwrap: Creating new namespace failed: Operation not permitted\n'), []);
  });

  it('tells denied calls of a run that ended well', () => {
    const seen = replay(new CodexStream(), 'codex-denied');
    const reason = 'MCP tool call requires approval, but approval policy is never';
    assert.deepEqual(
      seen.filter(({ kind }) => kind === 'denied'),
      [
        { kind: 'denied', tool: 'report', reason },
        { kind: 'denied', tool: 'report', reason },
      ],
    );
    assert.equal(seen.at(-1)?.kind, 'ended');
  });

  it('tells a refused login once as failed, and before that as tried again', () => {
    const seen = replay(new CodexStream(), 'codex-login', { exitCode: 1 });
    assert.deepEqual(
      seen.map((one) => ('failure' in one ? `${one.kind} ${one.failure}` : one.kind)),
      ['session', 'unknown', 'retrying auth', 'failed auth'],
    );
  });

  it('tells what a resumed session spent on top of what it had spent', () => {
    const total = line({
      type: 'turn.completed',
      usage: { input_tokens: 600, cached_input_tokens: 50, output_tokens: 60 },
    });
    const parser = new CodexStream({ inputTokens: 500, outputTokens: 50, cachedTokens: 20 });
    assert.deepEqual(parser.push(total)[0], {
      kind: 'usage',
      usage: { inputTokens: 100, outputTokens: 10, cachedTokens: 30 },
    });
  });

  it('tells a patch that was made and one that was not', () => {
    const change = (status: string) =>
      new CodexStream().push(
        line({
          type: 'item.completed',
          item: { type: 'file_change', changes: [{ path: 'a.ts', kind: 'update' }], status },
        }),
      );
    assert.deepEqual(change('completed'), [{ kind: 'used', tool: 'edit', summary: 'update a.ts' }]);
    assert.deepEqual(change('failed'), [{ kind: 'denied', tool: 'edit', reason: 'failed: update a.ts' }]);
  });

  for (const [what, stderrTail, failure, reason] of [
    [
      'a bridge that did not start',
      'ERROR log\nError: required MCP servers failed to initialize: sloop\n',
      'bridge',
      'required MCP servers failed to initialize: sloop',
    ],
    [
      'an unknown session',
      'Error: no rollout found for thread id 1\n',
      'session',
      'no rollout found for thread id 1',
    ],
    [
      'a silent death',
      'Reading prompt from stdin...\n',
      'other',
      'Ended with exit code 1 before its turn was over.',
    ],
  ] as const) {
    it(`tells ${what} by what stands on standard error`, () => {
      const seen = new CodexStream().end({ exitCode: 1, signal: null, stderrTail });
      assert.deepEqual(seen, [{ kind: 'failed', failure, reason }]);
    });
  }

  it('tells a command that Codex refused to start, which its log alone shows', () => {
    const parser = new CodexStream();
    parser.push(line({ type: 'turn.completed', usage: { input_tokens: 1, output_tokens: 1 } }));
    const stderrTail =
      '2026-11-21T05:19:37Z ERROR codex_core::tools::router: error=exec_command failed: ' +
      'CreateProcess { message: "Rejected(\\"`rm -f x` rejected: rm -f style commands are not permitted.\\")" }\n';
    const [seen, ...more] = parser.end({ exitCode: 0, signal: null, stderrTail });
    assert.ok(seen?.kind === 'denied' && seen.tool === 'shell');
    assert.match(seen.reason, /^exec_command failed: .*rm -f style commands/);
    assert.deepEqual(more, []);
  });

  it('shows the message of an endpoint’s error, not its JSON', () => {
    const message = '{"error":{"type":"invalid_request_error","message":"bad model"}}';
    const seen = new CodexStream().push(line({ type: 'turn.failed', error: { message } }));
    assert.deepEqual(seen, [{ kind: 'failed', failure: 'model', reason: 'bad model' }]);
  });

  it('keeps what it does not know, and is never stopped by it', () => {
    const parser = new CodexStream();
    for (const raw of [
      '{"type":"item.completed","it',
      'words',
      '{"type":"item.completed","item":{"type":"new"}}',
    ]) {
      assert.deepEqual(parser.push(raw), [{ kind: 'unknown', raw }]);
    }
    assert.equal(parser.push(line({ type: 'thread.started', thread_id: 't' }))[0]?.kind, 'session');
  });
});
