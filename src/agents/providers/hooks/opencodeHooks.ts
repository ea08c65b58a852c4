import type { PrivateFile } from '../provider.ts';
import { callSummary } from '../summary.ts';
import {
  questionsIn,
  recordIn,
  textIn,
  type HookCall,
  type HookPayload,
  type HookReader,
} from './hookReader.ts';

export const opencodePluginFile = 'opencode-plugin.js';

/**
 * opencode has plugins in place of hooks: a module that runs inside of it. This one hands what it is told to
 * `sloop hook` and does nothing itself. What a subagent's session does is its starter's matter.
 */
const plugin = `import { spawn } from 'node:child_process';
import path from 'node:path';

const told = ['session.created', 'session.status', 'permission.asked', 'question.asked'];
const subagents = new Set();

/** One after the other: opencode does not wait for one event before it tells the next. */
let last = Promise.resolve('');
const hook = (type, properties) => (last = last.then(() => call(type, properties)));

/** Resolves with what the hook prints, whatever happens. */
const call = (type, properties) =>
  new Promise((resolve) => {
    const command = path.join(process.env.SLOOP_HOOKS ?? '', 'bin', 'sloop');
    const child = spawn(command, ['hook', 'opencode'], { stdio: ['pipe', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (part) => (out += part));
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve(''));
    child.on('close', () => resolve(out));
    child.stdin.end(JSON.stringify({ type, properties }));
  });

export const Sloop = async () => ({
  async event({ event: { type, properties } }) {
    if (type === 'session.created' && properties.info?.parentID) subagents.add(properties.info.id);
    if (!told.includes(type)) return;
    const isSubagents = subagents.has(properties.sessionID ?? properties.info?.id);
    if (!isSubagents || type.endsWith('.asked')) await hook(type, properties);
  },
  async 'tool.execute.after'({ tool, sessionID }, output) {
    if (subagents.has(sessionID)) return;
    const messages = await hook('tool.execute.after', { tool, sessionID });
    if (messages === '' || typeof output?.output !== 'string') return;
    output.output += '\\n\\n' + JSON.parse(messages);
  },
});
`;

/** The plugin as a file of the agent's private folder. */
export const opencodePlugin: PrivateFile = { path: opencodePluginFile, content: plugin, mode: 0o600 };

/** Reads what the plugin hands on. */
export const readOpencodeHook: HookReader = (payload) => {
  const properties = recordIn(payload, 'properties');
  const told = meaning(textIn(payload, 'type') ?? '', properties);
  if (told === undefined) return undefined;
  const { isOfSubagent = false, ...call } = told;
  const session = textIn(properties, 'sessionID') ?? textIn(recordIn(properties, 'info'), 'id');
  return { ...call, providerSessionId: isOfSubagent ? null : session, transcriptPath: null };
};

type Meaning = Pick<HookCall, 'sign' | 'text' | 'output'> & { readonly isOfSubagent?: boolean };

function meaning(type: string, properties: HookPayload): Meaning | undefined {
  switch (type) {
    case 'session.created':
      return { sign: 'session', text: null, output: null };
    case 'session.status':
      switch (textIn(recordIn(properties, 'status'), 'type')) {
        case 'busy':
          return { sign: 'turnBegan', text: null, output: null };
        case 'idle':
          return { sign: 'turnEnded', text: null, output: null };
        default:
          return undefined;
      }
    case 'tool.execute.after':
      return { sign: 'wentOn', text: null, output: (messages) => messages };
    case 'permission.asked':
      return { sign: 'waits', text: permissionIn(properties), output: null, isOfSubagent: true };
    case 'question.asked':
      return { sign: 'waits', text: questionsIn(properties), output: null, isOfSubagent: true };
    default:
      return undefined;
  }
}

function permissionIn(properties: HookPayload): string {
  const patterns = properties['patterns'];
  const what = Array.isArray(patterns) ? patterns.join(' ') : callSummary(recordIn(properties, 'metadata'));
  const permission = textIn(properties, 'permission') ?? 'a tool';
  return `may it use ${permission}${what === '' || what === '{}' ? '' : ` (${what})`}?`;
}
