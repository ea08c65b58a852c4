import assert from 'node:assert/strict';
import { claudeHooks, readClaudeHook } from '../../../../../src/agents/providers/hooks/claudeHooks.ts';

/** As Claude Code 2.1.197 calls its hooks, but for what does not matter. */
const call = (event: string, fields: object = {}) =>
  readClaudeHook({
    session_id: '64156fc2-822e-4da4-a5e0-5e589126a06e',
    transcript_path: '/home/me/.claude/projects/-repo/64156fc2.jsonl',
    cwd: '/repo',
    hook_event_name: event,
    ...fields,
  });

describe('a hook call of Claude Code', () => {
  it('always tells the session and where it is kept', () => {
    const told = call('SessionStart', { source: 'startup' });
    assert.deepEqual(
      [told?.sign, told?.providerSessionId, told?.transcriptPath],
      ['session', '64156fc2-822e-4da4-a5e0-5e589126a06e', '/home/me/.claude/projects/-repo/64156fc2.jsonl'],
    );
  });

  it('tells what the person is asked', () => {
    const permission = call('PermissionRequest', {
      tool_name: 'Bash',
      tool_input: { command: 'npm test', description: 'Runs it' },
    });
    assert.deepEqual([permission?.sign, permission?.text], ['waits', 'may it use Bash (npm test)?']);
    const question = call('PreToolUse', {
      tool_name: 'AskUserQuestion',
      tool_input: { questions: [{ question: 'Which port?', options: [] }, { question: 'And host?' }] },
    });
    assert.deepEqual([question?.sign, question?.text], ['waits', 'Which port? And host?']);
    const plan = call('PreToolUse', { tool_name: 'ExitPlanMode', tool_input: { plan: '…' } });
    assert.equal(plan?.text, 'may it carry out its plan?');
    assert.deepEqual(
      [call('Notification', { message: 'Claude needs your permission' })].map((told) => [
        told?.sign,
        told?.text,
      ]),
      [['waits', null]],
    );
  });

  it('tells the ends of a turn, with its last words', () => {
    assert.equal(call('UserPromptSubmit', { prompt: 'Go on' })?.sign, 'turnBegan');
    const stop = call('Stop', { stop_hook_active: false, last_assistant_message: 'All done.' });
    assert.deepEqual([stop?.sign, stop?.text], ['turnEnded', 'All done.']);
    assert.equal(call('StopFailure', { error: 'rate_limit' })?.text, 'rate_limit');
  });

  it('takes messages where Claude Code puts them before its model, and never for a subagent', () => {
    assert.deepEqual(call('PostToolBatch')?.output?.('Hello'), {
      hookSpecificOutput: { hookEventName: 'PostToolBatch', additionalContext: 'Hello' },
    });
    assert.deepEqual(call('Stop')?.output?.('Hello'), { decision: 'block', reason: 'Hello' });
    assert.equal(call('PermissionRequest', { tool_name: 'Bash' })?.output, null);
    assert.equal(call('PostToolBatch', { agent_id: 'a1' })?.output, null);
  });

  it('tells nothing where it is none that we know', () => {
    assert.equal(call('SomethingNew'), undefined);
    assert.equal(readClaudeHook({}), undefined);
  });

  it('is asked for in a file of its own, without a shell', () => {
    const { path, content, mode } = claudeHooks('/private/it’s me');
    assert.deepEqual([path, mode], ['claude-settings.json', 0o600]);
    const { hooks } = JSON.parse(content) as { hooks: Record<string, [{ hooks: [object] }]> };
    for (const [entry] of Object.values(hooks))
      assert.deepEqual(entry.hooks, [
        { type: 'command', command: '/private/it’s me/bin/sloop', args: ['hook', 'claude'], timeout: 5 },
      ]);
    assert.ok('PermissionRequest' in hooks && 'PostToolBatch' in hooks);
  });
});
