import assert from 'node:assert/strict';
import { copilotPlugin, readCopilotHook } from '../../../../../src/agents/providers/hooks/copilotHooks.ts';

/** As Copilot CLI 1.0.102 calls its hooks, but for what does not matter. */
const call = (event: string, fields: object = {}) =>
  readCopilotHook({ sessionId: 's-1', timestamp: 1795261035705, cwd: '/repo', ...fields }, event);

describe('a hook call of Copilot CLI', () => {
  it('tells the turn, the session and what the person is asked', () => {
    assert.equal(call('sessionStart', { source: 'new' })?.providerSessionId, 's-1');
    assert.equal(call('userPromptSubmitted', { prompt: 'Do it' })?.sign, 'turnBegan');
    assert.equal(call('postToolUse', { toolName: 'bash' })?.sign, 'wentOn');
    const asked = call('notification', {
      message: 'Run command: npm test',
      notification_type: 'permission_prompt',
    });
    assert.deepEqual([asked?.sign, asked?.text], ['waits', 'Run command: npm test']);
    const over = call('agentStop', { transcriptPath: '/state/events.jsonl', stopReason: 'end_turn' });
    assert.deepEqual([over?.sign, over?.transcriptPath], ['turnEnded', '/state/events.jsonl']);
    assert.equal(call('notification', { notification_type: 'shell_completed' }), undefined);
    assert.equal(call(''), undefined);
  });

  it('takes messages where Copilot CLI puts them before its model', () => {
    assert.deepEqual(call('postToolUse')?.output?.('Hello'), { additionalContext: 'Hello' });
    assert.deepEqual(call('agentStop')?.output?.('Hello'), { decision: 'block', reason: 'Hello' });
    assert.equal(call('notification', { notification_type: 'permission_prompt' })?.output, null);
  });

  it('is asked for by a plugin, each event by its name', () => {
    const [manifest, hooks] = copilotPlugin();
    assert.deepEqual(
      [manifest?.path, hooks?.path],
      ['copilot-plugin/plugin.json', 'copilot-plugin/hooks.json'],
    );
    assert.match(hooks?.content ?? '', /"\\"\$SLOOP_HOOKS\/bin\/sloop\\" hook copilot postToolUse"/);
  });
});
