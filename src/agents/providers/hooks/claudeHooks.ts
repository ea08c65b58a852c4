import path from 'node:path';
import type { PrivateFile } from '../provider.ts';
import { callSummary, toolName } from '../summary.ts';
import {
  questionsIn,
  recordIn,
  textIn,
  type HookCall,
  type HookPayload,
  type HookReader,
} from './hookReader.ts';

export const claudeHookFile = 'claude-settings.json';

/** Seconds. `sloop hook` ends by itself well before. */
const timeout = 5;

/** Tools that ask the person something; all others go on by themselves or ask for a permission. */
const asking = 'AskUserQuestion|ExitPlanMode';

/**
 * Each event that tells something, with its matcher. `PostToolBatch` rather than `PostToolUse`: it comes once, when
 * all calls of a step are done, so that one that still waits for a permission is not passed over.
 */
const events: readonly (readonly [event: string, matcher: string])[] = [
  ['SessionStart', ''],
  ['UserPromptSubmit', ''],
  ['PreToolUse', asking],
  ['PermissionRequest', ''],
  ['Notification', 'permission_prompt|elicitation_dialog'],
  ['PostToolBatch', ''],
  ['Stop', ''],
  ['StopFailure', ''],
];

/** A settings file for `--settings`: its hooks run beside the user's own. */
export function claudeHooks(privateFolder: string): PrivateFile {
  const args = ['hook', 'claude'];
  const command =
    // A `.cmd` file runs through a shell alone, which finds it on the PATH.
    process.platform === 'win32'
      ? { command: ['sloop', ...args].join(' ') }
      : { command: path.join(privateFolder, 'bin', 'sloop'), args };
  const hooks = events.map(([event, matcher]) => [
    event,
    [{ ...(matcher === '' ? {} : { matcher }), hooks: [{ type: 'command', ...command, timeout }] }],
  ]);
  return {
    path: claudeHookFile,
    content: JSON.stringify({ hooks: Object.fromEntries(hooks) as object }, null, 2),
    mode: 0o600,
  };
}

/** Reads the hook calls of Claude Code. */
export const readClaudeHook: HookReader = (payload) => {
  const told = meaning(payload);
  if (told === undefined) return undefined;
  return {
    ...told,
    providerSessionId: textIn(payload, 'session_id'),
    transcriptPath: textIn(payload, 'transcript_path'),
    // What a subagent is told, its starter does not know.
    output: textIn(payload, 'agent_id') === null ? told.output : null,
  };
};

type Meaning = Pick<HookCall, 'sign' | 'text' | 'output'>;

function meaning(payload: HookPayload): Meaning | undefined {
  const event = textIn(payload, 'hook_event_name') ?? '';
  switch (event) {
    case 'SessionStart':
      return { sign: 'session', text: null, output: null };
    case 'UserPromptSubmit':
      return { sign: 'turnBegan', text: null, output: asContext(event) };
    case 'PostToolUse':
    case 'PostToolBatch':
      return { sign: 'wentOn', text: null, output: asContext(event) };
    case 'PreToolUse':
      return { sign: 'waits', text: questionIn(payload), output: null };
    case 'PermissionRequest':
      return { sign: 'waits', text: permissionIn(payload), output: null };
    case 'Notification':
      // Comes seconds after what it notifies of, and knows less.
      return { sign: 'waits', text: null, output: null };
    case 'Stop':
      return { sign: 'turnEnded', text: textIn(payload, 'last_assistant_message'), output: asReasonToGoOn };
    case 'StopFailure':
      return { sign: 'turnEnded', text: textIn(payload, 'error') ?? 'Its turn failed.', output: null };
    default:
      return undefined;
  }
}

const asContext = (hookEventName: string) => (additionalContext: string) => ({
  hookSpecificOutput: { hookEventName, additionalContext },
});

const asReasonToGoOn = (reason: string) => ({ decision: 'block', reason });

function permissionIn(payload: HookPayload): string {
  const tool = toolName(textIn(payload, 'tool_name') ?? 'a tool');
  const what = callSummary(payload['tool_input']);
  return `may it use ${tool}${what === '' ? '' : ` (${what})`}?`;
}

/** The tools that ask: questions with choices, or a plan to be approved. */
const questionIn = (payload: HookPayload): string =>
  questionsIn(recordIn(payload, 'tool_input')) ?? 'may it carry out its plan?';
