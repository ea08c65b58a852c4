import { ok, refuse } from '../../base/result.ts';
import { CodexStream } from './codexStream.ts';
import { detectByVersion } from './detectByVersion.ts';
import { codexHooks } from './hooks/codexHooks.ts';
import { bridgeName, type LaunchRequest, type Provider } from './provider.ts';
import { toml, type TomlValue } from './toml.ts';

const program = 'codex';
const install = 'Install Codex with `npm install -g @openai/codex`, then run `codex login` once.';

/** One argument may not be longer on any system that we run on (Windows bounds the whole command line). */
const longestSystemPrompt = 24_000;

/** Seconds. The bridge waits up to 10 s for a host and answers a waiting tool within 45 s. */
const bridgeTimeouts = { startup_timeout_sec: 30, tool_timeout_sec: 120 };

/** The name of our permission profile, which exists for one process only. */
const profile = 'sloop';

/**
 * What its shell may touch, held by Codex's sandbox. Codex reads files by its shell, so every level has one.
 * `read-only-shell` runs tests: it needs a place for temporary files, and the loopback interface for the `sloop`
 * CLI. The working folder is named because it may itself lie under the temporary folder.
 */
function sandbox({ access, workingFolder, writableFolders = [] }: LaunchRequest): Record<string, TomlValue> {
  switch (access) {
    case 'full':
      return {
        sandbox_mode: 'workspace-write',
        'sandbox_workspace_write.network_access': true,
        ...(writableFolders.length === 0
          ? {}
          : { 'sandbox_workspace_write.writable_roots': writableFolders }),
      };
    case 'read-only-shell': {
      const temporary = { ':tmpdir': 'write', ':slash_tmp': 'write' };
      const filesystem = { ':root': 'read', ...temporary, [workingFolder]: 'read' };
      return {
        default_permissions: profile,
        [`permissions.${profile}`]: { filesystem, network: { enabled: true } },
      };
    }
    case 'read-only':
      return { sandbox_mode: 'read-only' };
    case 'minimal':
      return { sandbox_mode: 'read-only', web_search: 'disabled' };
  }
}

/**
 * OpenAI Codex. Everything is set by `-c` for this one process; `~/.codex` is read by it and never written by us.
 *
 * Evidence: Sloop knows success from the agent's own reports. Exit code 0 and `turn.completed` also follow calls that
 * were refused; `turn.failed`, another exit code, or neither event are failures. Commands that failed in its sandbox
 * are not told.
 */
export const codex: Provider = {
  id: 'codex',
  title: 'Codex',
  install,
  streams: true,
  accounts: { variables: ['CODEX_API_KEY'], folderVariable: 'CODEX_HOME' },
  // The session's reasoning is encrypted for the organization that began it: another's endpoint refuses it.
  resumesAcrossAccounts: false,
  detect: (environment, settings) =>
    detectByVersion({ program: settings?.executable ?? program, title: 'Codex', install }, environment),
  launch(request) {
    if (Buffer.byteLength(request.systemPrompt) > longestSystemPrompt) {
      return refuse(
        'limit',
        `The role's prompt is longer than the ${longestSystemPrompt} bytes that Codex takes on its command line.`,
        'Shorten the role’s prompt, or let it read the rest from a file.',
      );
    }
    const { bridge, form, session } = request;
    return ok({
      argv: [request.settings?.executable ?? program, ...command(request)],
      // The bridge takes its secrets from here by name (`env_vars`); the agent's own shell sees them too, which
      // is what lets it use the `sloop` CLI.
      environment: { ...bridge.secretEnv, ...request.settings?.env },
      unset: [],
      stdin: form === 'streamed' ? { kind: 'text', text: request.prompt } : { kind: 'terminal' },
      files: [],
      providerSessionId: session.kind === 'resume' ? session.id : undefined,
      ...(form === 'streamed' ? { stopSignal: 'SIGINT' } : {}),
      cannot: cannot(request),
    });
  },
  parser: (spentBefore) => new CodexStream(spentBefore),
};

function command(request: LaunchRequest): string[] {
  const { form, session, prompt } = request;
  const resume = session.kind === 'resume' ? ['resume', session.id] : [];
  if (form === 'interactive') return [...resume, ...options(request), '--', prompt];
  // `-`: the prompt comes by standard input. A workspace need not be a git repository.
  return ['exec', '--json', '--skip-git-repo-check', ...options(request), ...resume, '-'];
}

function options(request: LaunchRequest): string[] {
  const { bridge, systemPrompt, model, effort } = request;
  const server = {
    command: bridge.command,
    args: bridge.args,
    env: bridge.env,
    env_vars: Object.keys(bridge.secretEnv),
    // Without these every call fails for want of an approval, and a missing bridge goes unnoticed.
    default_tools_approval_mode: 'approve',
    required: true,
    enabled_tools: request.tools,
    ...bridgeTimeouts,
  };
  const overrides = {
    [`mcp_servers.${bridgeName}`]: server,
    // A login shell reads the system's profile, which may set the PATH anew: without the `sloop` command on it.
    allow_login_shell: false,
    ...sandbox(request),
    ...codexHooks(),
    ...(systemPrompt === '' ? {} : { developer_instructions: systemPrompt }),
    ...(effort === undefined ? {} : { model_reasoning_effort: effort }),
  };
  return [
    ...Object.entries(overrides).flatMap(([key, value]) => ['-c', `${key}=${toml(value)}`]),
    ...(model === undefined ? [] : ['-m', model]),
    ...(request.settings?.extraArguments ?? []),
  ];
}

function cannot({ access, limits, writableFolders = [] }: LaunchRequest): string[] {
  return [
    ...(limits.turns === undefined ? [] : ['Codex cannot limit its turns.']),
    ...(limits.costUsd === undefined ? [] : ['Codex cannot limit its cost.']),
    ...(access === 'full' && writableFolders.length === 0
      ? ['Codex keeps .git read-only: it cannot commit.']
      : []),
    ...(access === 'read-only' || access === 'minimal'
      ? ['Codex’s read-only sandbox has no network: its shell cannot use the sloop CLI.']
      : []),
  ];
}
