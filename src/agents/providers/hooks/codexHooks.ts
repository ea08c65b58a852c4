import { createHash } from 'node:crypto';
import type { TomlValue } from '../toml.ts';
import { readClaudeHook } from './claudeHooks.ts';
import type { HookReader } from './hookReader.ts';

/** Seconds. `sloop hook` ends by itself well before. */
const timeout = 5;

/** Codex gives this to a shell; the path is in the environment, so that nothing has to be quoted. */
const command = '"$SLOOP_HOOKS/bin/sloop" hook codex';

/** Codex's name of each event in its configuration, and in the keys by which it remembers what it trusts. */
const events = {
  SessionStart: 'session_start',
  UserPromptSubmit: 'user_prompt_submit',
  PermissionRequest: 'permission_request',
  PostToolUse: 'post_tool_use',
  Stop: 'stop',
} as const;

/**
 * Options by which one Codex process calls our hooks beside the user's own. Codex runs a hook only once its hash was
 * trusted; the user is asked for that on the screen. We vouch for ours, and for nothing else, in the same way: by
 * the key and hash that Codex would write down. A hash that it does not agree with leaves ours unused.
 */
export function codexHooks(): Record<string, TomlValue> {
  if (process.platform === 'win32') return {};
  const handler = { type: 'command', command, timeout };
  const trusted = Object.values(events).map((name) => [
    `/<session-flags>/config.toml:${name}:0:0`,
    { trusted_hash: trustHash(name) },
  ]);
  return {
    ...Object.fromEntries(Object.keys(events).map((event) => [`hooks.${event}`, [{ hooks: [handler] }]])),
    'hooks.state': Object.fromEntries(trusted) as TomlValue,
  };
}

/** SHA-256 of the hook as JSON with sorted keys, with the defaults that Codex fills in. */
function trustHash(eventName: string): string {
  const hook = { async: false, command, timeout, type: 'command' };
  const text = JSON.stringify({ event_name: eventName, hooks: [hook] });
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Codex took over the hooks of Claude Code, names and fields alike. */
export const readCodexHook: HookReader = readClaudeHook;
