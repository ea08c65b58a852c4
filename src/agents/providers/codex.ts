import { ok, refuse } from '../../base/result.ts';
import type { AccessLevel } from '../../domain/role/role.ts';
import { CodexStream } from './codexStream.ts';
import { detectByVersion } from './detectByVersion.ts';
import { bridgeName, type LaunchRequest, type Provider } from './provider.ts';
import { toml } from './toml.ts';

const program = 'codex';
const install = 'Install Codex with `npm install -g @openai/codex`, then run `codex login` once.';

/** One argument may not be longer on any system that we run on (Windows bounds the whole command line). */
const longestSystemPrompt = 24_000;

/** Seconds. The bridge waits up to 10 s for a host and answers a waiting tool within 45 s. */
const bridgeTimeouts = { startup_timeout_sec: 30, tool_timeout_sec: 120 };

/** Codex reads files by its shell, so every level has one; below `full` the sandbox keeps it from writing. */
const sandboxes: Record<AccessLevel, 'workspace-write' | 'read-only'> = {
  full: 'workspace-write',
  'read-only': 'read-only',
  'read-only-shell': 'read-only',
  minimal: 'read-only',
};

/** OpenAI Codex. Everything is set by `-c` for this one process; `~/.codex` is read by it and never written by us. */
export const codex: Provider = {
  id: 'codex',
  title: 'Codex',
  install,
  streams: true,
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
  const { access, bridge, systemPrompt, model, effort } = request;
  const folders = access === 'full' ? (request.writableFolders ?? []) : [];
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
    sandbox_mode: sandboxes[access],
    ...(access === 'full' ? { 'sandbox_workspace_write.network_access': true } : {}),
    ...(folders.length === 0 ? {} : { 'sandbox_workspace_write.writable_roots': folders }),
    ...(access === 'minimal' ? { web_search: 'disabled' } : {}),
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
    ...(access === 'full'
      ? []
      : ['Codex’s read-only sandbox has no network: its shell cannot use the sloop CLI.']),
  ];
}
