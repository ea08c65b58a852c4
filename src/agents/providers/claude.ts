import path from 'node:path';
import { ok } from '../../base/result.ts';
import type { AccessLevel } from '../../domain/role/role.ts';
import { ClaudeStream } from './claudeStream.ts';
import { detectByVersion } from './detectByVersion.ts';
import { claudeHookFile, claudeHooks } from './hooks/claudeHooks.ts';
import { bridgeName, type LaunchRequest, type PrivateFile, type Provider } from './provider.ts';

const program = 'claude';
const install =
  'Install Claude Code with `npm install -g @anthropic-ai/claude-code`, then run `claude` once to log in.';

const mcpFile = 'claude-mcp.json';
const systemPromptFile = 'system-prompt.md';

const reading = ['Read', 'Glob', 'Grep'];
/** In dollars: Claude Code does not start with a budget of zero. */
const smallestBudget = 0.0001;

const web = ['WebFetch', 'WebSearch'];
const shell = ['Bash', 'TaskOutput', 'TaskStop'];

/**
 * In a terminal the first turn begins before the MCP servers are up, and this tool is how the agent waits for them;
 * left out of the list it would have neither. Headless, Claude Code waits by itself and does not know the tool.
 */
const waiting = 'WaitForMcpServers';

/**
 * The built-in tools an agent is given, and those of them that never ask. Tools that outlive the run or leave its
 * folder (schedules, worktrees, messages to other sessions) are in no list. Edit and Write are not among the
 * allowed: the mode `acceptEdits` grants them inside the working folder, a rule would grant them everywhere.
 */
const rights: Record<AccessLevel, { mode: string; tools: readonly string[]; allowed: readonly string[] }> = {
  full: {
    mode: 'acceptEdits',
    tools: [...reading, 'Edit', 'Write', 'NotebookEdit', ...shell, 'Task', 'TodoWrite', ...web],
    allowed: [...reading, ...shell, 'Task', 'TodoWrite', ...web],
  },
  'read-only': { mode: 'default', tools: [...reading, ...web], allowed: [...reading, ...web] },
  'read-only-shell': {
    mode: 'default',
    tools: [...reading, ...shell, ...web],
    allowed: [...reading, ...shell, ...web],
  },
  minimal: { mode: 'default', tools: reading, allowed: reading },
};

/**
 * Claude Code. The user's own configuration is read by it as always and never written by us.
 *
 * Evidence: Sloop knows success from the agent's own reports. Exit code 0 and `result: success` also follow denied
 * tools, which the result lists, and a server that did not start, which the event `init` tells. `is_error`, another
 * exit code, or no result at all are failures.
 */
export const claude: Provider = {
  id: 'claude',
  title: 'Claude Code',
  install,
  streams: true,
  accounts: {
    variables: ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN'],
    folderVariable: 'CLAUDE_CONFIG_DIR',
  },
  resumesAcrossAccounts: true,
  detect: (environment, settings) =>
    detectByVersion({ program: settings?.executable ?? program, title: 'Claude Code', install }, environment),
  launch: (request) =>
    ok({
      argv: [request.settings?.executable ?? program, ...options(request), ...promptArguments(request)],
      environment: { DISABLE_AUTOUPDATER: '1', ...request.settings?.env },
      // Claude Code refuses or changes its ways when it believes that it runs inside another of its sessions.
      unset: ['CLAUDECODE', 'CLAUDE_CODE_ENTRYPOINT', 'CLAUDE_CODE_SESSION_ID'],
      stdin: request.form === 'streamed' ? { kind: 'text', text: request.prompt } : { kind: 'terminal' },
      files: files(request),
      providerSessionId: request.session.id,
      // In a terminal SIGINT only interrupts the turn.
      ...(request.form === 'streamed' ? { stopSignal: 'SIGINT' } : {}),
      cannot: cannot(request),
    }),
  parser: () => new ClaudeStream(),
};

function options(request: LaunchRequest): string[] {
  const { mode, tools, allowed } = rights[request.access];
  const { turns, costUsd } = request.limits;
  const isStreamed = request.form === 'streamed';
  return [
    ...(isStreamed ? ['-p', '--output-format', 'stream-json', '--verbose'] : []),
    ...(request.session.kind === 'new'
      ? ['--session-id', request.session.id]
      : ['--resume', request.session.id]),
    ...['--mcp-config', path.join(request.privateFolder, mcpFile), '--strict-mcp-config'],
    // Its hooks run beside those of the user's own settings.
    ...['--settings', path.join(request.privateFolder, claudeHookFile)],
    ...['--permission-mode', mode, '--tools', [...tools, ...(isStreamed ? [] : [waiting])].join(',')],
    ...[
      '--allowedTools',
      [...allowed, ...request.tools.map((tool) => `mcp__${bridgeName}__${tool}`)].join(','),
    ],
    ...(request.systemPrompt === ''
      ? []
      : ['--append-system-prompt-file', path.join(request.privateFolder, systemPromptFile)]),
    ...(request.model === undefined ? [] : ['--model', request.model]),
    ...(request.effort === undefined ? [] : ['--effort', request.effort]),
    ...(turns === undefined || !isStreamed ? [] : ['--max-turns', String(turns)]),
    ...(costUsd === undefined || !isStreamed
      ? []
      : ['--max-budget-usd', String(Math.max(costUsd, smallestBudget))]),
    ...(request.access === 'full' ? (request.writableFolders ?? []) : []).flatMap((folder) => [
      '--add-dir',
      folder,
    ]),
    ...(request.settings?.extraArguments ?? []),
  ];
}

/** Headless, the prompt comes by standard input: an argument is bounded in length and seen by every process. */
const promptArguments = ({ form, prompt }: LaunchRequest): string[] =>
  form === 'streamed' ? [] : ['--', prompt];

function files({ bridge, systemPrompt, privateFolder }: LaunchRequest): PrivateFile[] {
  const server = { command: bridge.command, args: bridge.args, env: { ...bridge.env, ...bridge.secretEnv } };
  const config = { mcpServers: { [bridgeName]: { type: 'stdio', ...server } } };
  const system = { path: systemPromptFile, content: systemPrompt, mode: 0o600 };
  return [
    { path: mcpFile, content: JSON.stringify(config, null, 2), mode: 0o600 },
    claudeHooks(privateFolder),
    ...(systemPrompt === '' ? [] : [system]),
  ];
}

function cannot({ form, access, limits }: LaunchRequest): string[] {
  const isLimited = limits.turns !== undefined || limits.costUsd !== undefined;
  return [
    ...(access === 'read-only-shell' ? ['Claude Code cannot keep shell commands from changing files.'] : []),
    ...(form === 'interactive' && isLimited
      ? ['Claude Code limits turns and cost in the streamed form only.']
      : []),
  ];
}
