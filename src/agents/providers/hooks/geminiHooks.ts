import { callSummary } from '../summary.ts';
import { textIn, type HookCall, type HookPayload, type HookReader } from './hookReader.ts';

/** Milliseconds. `sloop hook` ends by itself well before. */
const timeout = 5000;

const events = ['SessionStart', 'BeforeAgent', 'AfterTool', 'AfterAgent', 'Notification'] as const;

/**
 * The part `hooks` of a settings file; Gemini CLI calls them beside those of every other one. It gives the command to
 * a shell; the path is in the environment, so that nothing has to be quoted.
 * @param env for the hook: Gemini CLI may be set to keep variables that look like secrets from it.
 */
export function geminiHooks(privateFolder: string, env: Readonly<Record<string, string>>): object {
  if (process.platform === 'win32') return {};
  const hook = {
    name: 'sloop',
    type: 'command',
    command: '"$SLOOP_HOOKS/bin/sloop" hook gemini',
    env: { ...env, SLOOP_HOOKS: privateFolder },
    timeout,
  };
  return Object.fromEntries(events.map((event) => [event, [{ hooks: [hook] }]]));
}

/** Reads the hook calls of Gemini CLI. */
export const readGeminiHook: HookReader = (payload) => {
  const told = meaning(payload);
  if (told === undefined) return undefined;
  return {
    ...told,
    providerSessionId: textIn(payload, 'session_id'),
    transcriptPath: textIn(payload, 'transcript_path'),
  };
};

function meaning(payload: HookPayload): Pick<HookCall, 'sign' | 'text' | 'output'> | undefined {
  const event = textIn(payload, 'hook_event_name') ?? '';
  switch (event) {
    case 'SessionStart':
      return { sign: 'session', text: null, output: null };
    case 'BeforeAgent':
      return { sign: 'turnBegan', text: null, output: asContext(event) };
    case 'AfterTool':
      return { sign: 'wentOn', text: null, output: asContext(event) };
    case 'AfterAgent':
      return { sign: 'turnEnded', text: textIn(payload, 'prompt_response'), output: asReasonToGoOn };
    case 'Notification': {
      if (textIn(payload, 'notification_type') !== 'ToolPermission') return undefined;
      const what = callSummary(payload['details']);
      const message = textIn(payload, 'message') ?? 'may it use a tool?';
      return { sign: 'waits', text: what === '' ? message : `${message} (${what})`, output: null };
    }
    default:
      return undefined;
  }
}

const asContext = (hookEventName: string) => (additionalContext: string) => ({
  hookSpecificOutput: { hookEventName, additionalContext },
});

const asReasonToGoOn = (reason: string) => ({ decision: 'deny', reason });
