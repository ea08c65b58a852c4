import path from 'node:path';
import { ok } from '../../base/result.ts';
import type { AccessLevel } from '../../domain/role/role.ts';
import { CopilotStream } from './copilotStream.ts';
import { detectByVersion } from './detectByVersion.ts';
import { copilotPlugin, copilotPluginFolder } from './hooks/copilotHooks.ts';
import { bridgeName, type LaunchRequest, type PrivateFile, type Provider } from './provider.ts';

const program = 'copilot';
const title = 'GitHub Copilot CLI';
const install =
  'Install Copilot CLI with `npm install -g @github/copilot`, then run `copilot` and `/login` once.';

const mcpFile = 'copilot-mcp.json';
const instructionsFolder = 'copilot-instructions';
const usageFile = 'copilot-usage.json';

const reading = ['view', 'grep', 'glob'];
const web = ['web_fetch', 'web_search'];
const shell = [
  'bash',
  'read_bash',
  'stop_bash',
  'list_bash',
  'powershell',
  'read_powershell',
  'stop_powershell',
];

/**
 * What is approved without asking, and below `full` the only tools that the model is offered. Paths outside of the
 * working folder stay refused at every level. A shell command with a redirection needs the right to write.
 */
const rights: Record<AccessLevel, { approvals: readonly string[]; only?: readonly string[] }> = {
  full: { approvals: ['--allow-all-tools', '--allow-all-urls'] },
  'read-only': {
    approvals: ['--deny-tool=write', '--deny-tool=shell', '--allow-all-urls'],
    only: [...reading, ...web],
  },
  'read-only-shell': {
    approvals: ['--allow-tool=shell', '--deny-tool=write', '--allow-all-urls'],
    only: [...reading, ...web, ...shell],
  },
  minimal: { approvals: ['--deny-tool=write', '--deny-tool=shell', '--deny-tool=url'], only: reading },
};

/**
 * GitHub Copilot CLI. Our MCP server and the role's prompt are named for this one process; `~/.copilot` is read by it
 * and never written by us, but for its own sessions.
 *
 * Evidence: Sloop knows success from the agent's own reports. Exit code 0 also follows refused tools, and a run that
 * was stopped; only the event `result` with exit code 0 says that the turn was over, `session.error` that it failed.
 */
export const copilot: Provider = {
  id: 'copilot',
  title,
  install,
  streams: true,
  accounts: {
    variables: ['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN'],
    folderVariable: 'COPILOT_HOME',
  },
  resumesAcrossAccounts: true,
  detect: (environment, settings) =>
    detectByVersion({ program: settings?.executable ?? program, title, install }, environment),
  launch(request) {
    const { form, prompt, privateFolder, environment, session } = request;
    const isStreamed = form === 'streamed';
    const instructions = [path.join(privateFolder, instructionsFolder), environment[instructionsVariable]];
    return ok({
      argv: [
        request.settings?.executable ?? program,
        ...options(request),
        // Headless, the prompt comes by standard input: an argument is bounded in length and seen by every process.
        ...(isStreamed ? [] : ['--interactive', prompt]),
      ],
      environment: {
        [instructionsVariable]: instructions.filter(Boolean).join(','),
        ...request.settings?.env,
      },
      unset: [],
      stdin: isStreamed ? { kind: 'text', text: prompt } : { kind: 'terminal' },
      files: files(request),
      providerSessionId: session.id,
      ...(isStreamed ? { usageFile } : {}),
      cannot: cannot(request),
    });
  },
  nativeOf,
  parser: (spentBefore) => new CopilotStream(spentBefore),
};

/** Folders that it looks for instructions in, beside the repository. */
const instructionsVariable = 'COPILOT_CUSTOM_INSTRUCTIONS_DIRS';

/** npm's `copilot` is a script that waits for the program itself and hands no signal on to it. */
function nativeOf(script: string, platform: NodeJS.Platform, arch: string): readonly string[] {
  if (path.basename(script) !== 'npm-loader.js') return [];
  const systems = platform === 'linux' ? ['linux', 'linuxmusl'] : [platform];
  const name = platform === 'win32' ? 'copilot.exe' : 'copilot';
  const beside = path.dirname(path.dirname(script));
  const within = path.join(path.dirname(script), 'node_modules', '@github');
  return [beside, within].flatMap((folder) =>
    systems.map((system) => path.join(folder, `copilot-${system}-${arch}`, name)),
  );
}

function options(request: LaunchRequest): string[] {
  const {
    form,
    session,
    access,
    model,
    effort,
    privateFolder,
    settings,
    tools,
    writableFolders = [],
  } = request;
  const { approvals, only } = rights[access];
  return [
    ...(form === 'streamed'
      ? [
          '--output-format',
          'json',
          '--no-ask-user',
          '--usage-output-file',
          path.join(privateFolder, usageFile),
        ]
      : []),
    // Given with `=`, since these options take any number of values.
    session.kind === 'new' ? `--session-id=${session.id}` : `--resume=${session.id}`,
    ...['--additional-mcp-config', `@${path.join(privateFolder, mcpFile)}`, '--disable-builtin-mcps'],
    '--no-auto-update',
    ...(process.platform === 'win32'
      ? []
      : [`--plugin-dir=${path.join(privateFolder, copilotPluginFolder)}`]),
    ...approvals,
    ...tools.map((tool) => `--allow-tool=${bridgeName}(${tool})`),
    ...(only === undefined
      ? []
      : [...only, ...tools.map((tool) => `${bridgeName}-${tool}`)].map(
          (tool) => `--available-tools=${tool}`,
        )),
    ...(access === 'full' ? writableFolders : []).map((folder) => `--add-dir=${folder}`),
    ...(model === undefined ? [] : ['--model', model]),
    ...(effort === undefined ? [] : ['--reasoning-effort', effort]),
    ...(settings?.extraArguments ?? []),
  ];
}

function files({ bridge, tools, systemPrompt }: LaunchRequest): PrivateFile[] {
  const server = {
    type: 'local',
    command: bridge.command,
    args: bridge.args,
    env: { ...bridge.env, ...bridge.secretEnv },
    tools,
  };
  const role = {
    path: path.join(instructionsFolder, 'role.instructions.md'),
    content: `---\napplyTo: "**"\n---\n\n${systemPrompt}\n`,
    mode: 0o600,
  };
  return [
    {
      path: mcpFile,
      content: JSON.stringify({ mcpServers: { [bridgeName]: server } }, null, 2),
      mode: 0o600,
    },
    ...copilotPlugin(),
    ...(systemPrompt === '' ? [] : [role]),
  ];
}

function cannot({ access, limits }: LaunchRequest): string[] {
  return [
    ...(access === 'read-only-shell'
      ? [
          'Copilot CLI keeps shell commands from redirections into files, not from changing files by other ways.',
        ]
      : []),
    ...(limits.turns === undefined ? [] : ['Copilot CLI cannot limit its turns.']),
    ...(limits.costUsd === undefined
      ? []
      : ['Copilot CLI counts its cost in credits of the plan: Sloop cannot limit it in money.']),
  ];
}
