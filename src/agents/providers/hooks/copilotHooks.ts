import type { PrivateFile } from '../provider.ts';
import { textIn, type HookCall, type HookPayload, type HookReader } from './hookReader.ts';

/** For `--plugin-dir`: a plugin's hooks run beside those of the user's and of the repository. */
export const copilotPluginFolder = 'copilot-plugin';

/** Seconds. `sloop hook` ends by itself well before. */
const timeoutSec = 5;

/** `notification` rather than `permissionRequest`, which comes also where nobody is asked. */
const events = ['sessionStart', 'userPromptSubmitted', 'postToolUse', 'notification', 'agentStop'] as const;

/**
 * The files of the plugin. Copilot CLI gives the command to a shell; the path is in the environment, so that nothing
 * has to be quoted. Its calls do not say of which event they are.
 */
export function copilotPlugin(): PrivateFile[] {
  if (process.platform === 'win32') return [];
  const hooks = events.map((event) => [
    event,
    [{ type: 'command', bash: `"$SLOOP_HOOKS/bin/sloop" hook copilot ${event}`, timeoutSec }],
  ]);
  const file = (name: string, content: object): PrivateFile => ({
    path: `${copilotPluginFolder}/${name}`,
    content: JSON.stringify(content, null, 2),
    mode: 0o600,
  });
  return [
    file('plugin.json', {
      name: 'sloop',
      version: '1.0.0',
      description: 'Tells Sloop what its agent does',
      hooks: 'hooks.json',
    }),
    file('hooks.json', { version: 1, hooks: Object.fromEntries(hooks) as object }),
  ];
}

/** Reads the hook calls of Copilot CLI. */
export const readCopilotHook: HookReader = (payload, event = '') => {
  const told = meaning(payload, event);
  if (told === undefined) return undefined;
  return {
    ...told,
    providerSessionId: textIn(payload, 'sessionId'),
    transcriptPath: textIn(payload, 'transcriptPath'),
  };
};

function meaning(
  payload: HookPayload,
  event: string,
): Pick<HookCall, 'sign' | 'text' | 'output'> | undefined {
  switch (event) {
    case 'sessionStart':
      return { sign: 'session', text: null, output: null };
    case 'userPromptSubmitted':
      return { sign: 'turnBegan', text: null, output: asContext };
    case 'postToolUse':
      return { sign: 'wentOn', text: null, output: asContext };
    case 'notification':
      return asking.has(textIn(payload, 'notification_type') ?? '')
        ? { sign: 'waits', text: textIn(payload, 'message'), output: null }
        : undefined;
    case 'agentStop':
      return { sign: 'turnEnded', text: null, output: asReasonToGoOn };
    default:
      return undefined;
  }
}

/** Kinds of notifications that come with a dialog. */
const asking = new Set(['permission_prompt', 'elicitation_dialog']);

const asContext = (additionalContext: string) => ({ additionalContext });

const asReasonToGoOn = (reason: string) => ({ decision: 'block', reason });
