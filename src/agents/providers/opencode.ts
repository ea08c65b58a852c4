import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ok } from '../../base/result.ts';
import type { AccessLevel } from '../../domain/role/role.ts';
import { detectByVersion } from './detectByVersion.ts';
import { opencodePlugin, opencodePluginFile } from './hooks/opencodeHooks.ts';
import { OpencodeStream } from './opencodeStream.ts';
import { bridgeName, type LaunchRequest, type PrivateFile, type Provider } from './provider.ts';

const program = 'opencode';
const title = 'opencode';
const install = 'Install opencode with `npm install -g opencode-ai`, then run `opencode auth login` once.';

const roleFile = 'opencode-role.md';
/** The agent of opencode's that this process is: its permissions count over the person's own and the project's. */
const agentName = 'sloop';
const configVariable = 'OPENCODE_CONFIG_CONTENT';
const toolTimeoutMs = 120_000;

const reading = ['read', 'glob', 'grep', 'list'];
const web = ['webfetch', 'websearch'];

/** Below `full` everything is denied that is not named, the tools of the person's own MCP servers too. */
const allowed: Record<AccessLevel, readonly string[]> = {
  full: [...reading, 'edit', 'bash', 'task', 'todowrite', ...web],
  'read-only': [...reading, ...web],
  'read-only-shell': [...reading, 'bash', ...web],
  minimal: reading,
};

/**
 * opencode. Our part of its configuration comes by the environment, as its last and highest layer; the person's own
 * configuration and login count beneath it.
 *
 * Evidence: Sloop knows success from the agent's own reports. Exit code 0 also follows refused tools and a server
 * that did not start; `step_finish` for another reason than tool calls says that the turn was over, `error` that it
 * failed. While its endpoint is dead it says nothing on its stream, for ever.
 */
export const opencode: Provider = {
  id: 'opencode',
  title,
  install,
  streams: true,
  // The first holds what `auth.json` would, so it serves every vendor; the others are their vendors' own.
  accounts: {
    variables: ['OPENCODE_AUTH_CONTENT', 'OPENCODE_API_KEY', 'ANTHROPIC_API_KEY', 'OPENAI_API_KEY'],
    folderVariable: 'XDG_DATA_HOME',
  },
  resumesAcrossAccounts: true,
  detect: (environment, settings) =>
    detectByVersion({ program: settings?.executable ?? program, title, install }, environment),
  launch(request) {
    const { form, prompt, bridge, session } = request;
    const isStreamed = form === 'streamed';
    return ok({
      argv: [
        request.settings?.executable ?? program,
        // Its log is where it tells that it tries again, and that a server did not start.
        ...(isStreamed ? ['run', '--format', 'json', '--print-logs', '--log-level', 'WARN'] : []),
        ...options(request),
        ...(isStreamed ? [] : ['--prompt', prompt]),
      ],
      environment: {
        ...bridge.secretEnv,
        [configVariable]: JSON.stringify(config(request)),
        OPENCODE_DISABLE_AUTOUPDATE: '1',
        ...request.settings?.env,
      },
      unset: [],
      stdin: isStreamed ? { kind: 'text', text: prompt } : { kind: 'terminal' },
      files: files(request),
      providerSessionId: session.kind === 'resume' ? session.id : undefined,
      cannot: cannot(request),
    });
  },
  parser: () => new OpencodeStream(),
};

function options({ session, model, effort, form, settings }: LaunchRequest): string[] {
  return [
    ...['--agent', agentName],
    ...(session.kind === 'resume' ? ['--session', session.id] : []),
    ...(model === undefined ? [] : ['--model', model]),
    // Its terminal form has no such option.
    ...(effort === undefined || form !== 'streamed' ? [] : ['--variant', effort]),
    ...(settings?.extraArguments ?? []),
  ];
}

function config(request: LaunchRequest): object {
  const { bridge, systemPrompt, privateFolder, limits } = request;
  const server = {
    type: 'local',
    command: [bridge.command, ...bridge.args],
    // It hands its whole environment on, and with it the token.
    environment: bridge.env,
    enabled: true,
    timeout: toolTimeoutMs,
  };
  return {
    autoupdate: false,
    share: 'disabled',
    mcp: { [bridgeName]: server },
    plugin: [pathToFileURL(path.join(privateFolder, opencodePluginFile)).href],
    ...(systemPrompt === '' ? {} : { instructions: [path.join(privateFolder, roleFile)] }),
    agent: {
      [agentName]: {
        mode: 'primary',
        description: 'An agent of Sloop’s',
        permission: permission(request),
        ...(limits.turns === undefined ? {} : { steps: limits.turns }),
      },
    },
  };
}

/**
 * The last rule that fits decides, so the general ones stand first. Headless, a question is answered with no, which
 * ends the turn; a denial only fails the call.
 */
function permission({ form, access, tools, writableFolders = [] }: LaunchRequest): Record<string, unknown> {
  const allow = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'allow']));
  const unsure = form === 'streamed' ? 'deny' : 'ask';
  const folders = access === 'full' ? writableFolders.map((folder) => path.join(folder, '**')) : [];
  return {
    ...(access === 'full' ? {} : { '*': 'deny' }),
    ...allow(allowed[access]),
    read: { '*': 'allow', '*.env': unsure, '*.env.*': unsure, '*.env.example': 'allow' },
    external_directory: { '*': unsure, ...allow(folders) },
    doom_loop: unsure,
    [`${bridgeName}_*`]: 'deny',
    ...allow(tools.map((tool) => `${bridgeName}_${tool}`)),
  };
}

const files = ({ systemPrompt }: LaunchRequest): PrivateFile[] => [
  opencodePlugin,
  ...(systemPrompt === '' ? [] : [{ path: roleFile, content: systemPrompt, mode: 0o600 }]),
];

function cannot({ form, access, limits, effort, environment }: LaunchRequest): string[] {
  return [
    ...(access === 'read-only-shell' ? ['opencode cannot keep shell commands from changing files.'] : []),
    ...(limits.costUsd === undefined ? [] : ['opencode cannot limit its cost.']),
    ...(effort !== undefined && form === 'interactive'
      ? ['opencode takes an effort in the streamed form only.']
      : []),
    ...(environment[configVariable] === undefined
      ? []
      : [`What ${configVariable} holds is not read by this agent: Sloop’s own configuration stands there.`]),
  ];
}
