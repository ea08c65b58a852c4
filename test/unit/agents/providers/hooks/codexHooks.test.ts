import assert from 'node:assert/strict';
import { codexHooks, readCodexHook } from '../../../../../src/agents/providers/hooks/codexHooks.ts';

describe('the hooks of Codex', () => {
  it('are vouched for by key and hash, each as Codex 0.169.0 calculates it', () => {
    const options = codexHooks();
    // Asked of `codex app-server` (hooks/list) for these very hooks.
    assert.deepEqual(options['hooks.state'], {
      '/<session-flags>/config.toml:session_start:0:0': {
        trusted_hash: 'sha256:2e4d010a517d7546e8f2d3f752e67c7ca2753dde0d15ccf9029c6907fb6bd168',
      },
      '/<session-flags>/config.toml:user_prompt_submit:0:0': {
        trusted_hash: 'sha256:280bc8eb00ac6e7602e8d90372579ca19fb7391b5034064d4031b1ad58efa370',
      },
      '/<session-flags>/config.toml:permission_request:0:0': {
        trusted_hash: 'sha256:61d5889d25057744e0a03b886231baa57a4b6b6ebaa6b2cda8653d27fe9909f5',
      },
      '/<session-flags>/config.toml:post_tool_use:0:0': {
        trusted_hash: 'sha256:0d2df52032ee8e530a62c533e16b029da8b7118aecf54734726cf4786d6eb411',
      },
      '/<session-flags>/config.toml:stop:0:0': {
        trusted_hash: 'sha256:1a124da35cb8dab87ea17e5a68a8cabdd13635d82637c186dd881cebc5cc764a',
      },
    });
    assert.deepEqual(options['hooks.Stop'], [
      { hooks: [{ type: 'command', command: '"$SLOOP_HOOKS/bin/sloop" hook codex', timeout: 5 }] },
    ]);
    assert.ok(!('notify' in options), 'the user’s own notify would be replaced by it');
  });

  it('are read as those of Claude Code, whose names and fields they have', () => {
    const told = readCodexHook({
      session_id: '01a1fdac-0beb-76d1-a21d-ce3160de377c',
      transcript_path: '/home/me/.codex/sessions/2026/11/21/rollout.jsonl',
      hook_event_name: 'PermissionRequest',
      tool_name: 'Bash',
      tool_input: { command: 'npm test' },
    });
    assert.deepEqual([told?.sign, told?.text], ['waits', 'may it use Bash (npm test)?']);
    const after = readCodexHook({ hook_event_name: 'PostToolUse', tool_name: 'Bash' });
    assert.deepEqual(after?.output?.('Hello'), {
      hookSpecificOutput: { hookEventName: 'PostToolUse', additionalContext: 'Hello' },
    });
  });
});
