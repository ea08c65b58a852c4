import assert from 'node:assert/strict';
import { geminiHooks, readGeminiHook } from '../../../../../src/agents/providers/hooks/geminiHooks.ts';

/** As Gemini CLI 0.61.0 calls its hooks, but for what does not matter. */
const call = (event: string, fields: object = {}) =>
  readGeminiHook({
    session_id: 's-1',
    transcript_path: '/home/me/.gemini/tmp/1/chats/s-1.json',
    hook_event_name: event,
    ...fields,
  });

describe('a hook call of Gemini CLI', () => {
  it('tells the turn, the session and what the person is asked', () => {
    assert.equal(call('SessionStart')?.providerSessionId, 's-1');
    assert.equal(call('BeforeAgent', { prompt: 'Do it' })?.sign, 'turnBegan');
    assert.equal(call('AfterTool', { tool_name: 'read_file' })?.sign, 'wentOn');
    const asked = call('Notification', {
      notification_type: 'ToolPermission',
      message: 'Tool Confirm Shell Command requires execution',
      details: { type: 'exec', command: 'npm test' },
    });
    assert.deepEqual(
      [asked?.sign, asked?.text],
      ['waits', 'Tool Confirm Shell Command requires execution (npm test)'],
    );
    const over = call('AfterAgent', { prompt_response: 'All done.' });
    assert.deepEqual([over?.sign, over?.text], ['turnEnded', 'All done.']);
    assert.equal(call('Notification', { notification_type: 'Other' }), undefined);
  });

  it('takes messages where Gemini CLI puts them before its model', () => {
    assert.deepEqual(call('AfterTool')?.output?.('Hello'), {
      hookSpecificOutput: { hookEventName: 'AfterTool', additionalContext: 'Hello' },
    });
    assert.deepEqual(call('AfterAgent')?.output?.('Hello'), { decision: 'deny', reason: 'Hello' });
    assert.equal(call('SessionStart')?.output, null);
  });

  it('is asked for with the token in the private file alone', () => {
    const hooks = geminiHooks('/private/otter', { SLOOP_TOKEN: 't' }) as Record<
      string,
      [{ hooks: [object] }]
    >;
    assert.deepEqual(hooks['AfterTool']?.[0].hooks, [
      {
        name: 'sloop',
        type: 'command',
        command: '"$SLOOP_HOOKS/bin/sloop" hook gemini',
        env: { SLOOP_TOKEN: 't', SLOOP_HOOKS: '/private/otter' },
        timeout: 5000,
      },
    ]);
  });
});
