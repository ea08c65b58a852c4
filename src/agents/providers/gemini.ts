import path from 'node:path';
import { ok } from '../../base/result.ts';
import type { AccessLevel } from '../../domain/role/role.ts';
import { detectByVersion } from './detectByVersion.ts';
import { geminiHooks } from './hooks/geminiHooks.ts';
import { GeminiStream } from './geminiStream.ts';
import { bridgeName, type LaunchRequest, type PrivateFile, type Provider } from './provider.ts';
import { withRole } from './rolePrompt.ts';
import { toml } from './toml.ts';

const program = 'gemini';
const title = 'Gemini CLI';
const install =
  'Install Gemini CLI with `npm install -g @google/gemini-cli`, then run `gemini` once to log in.';

const settingsFile = 'gemini-settings.json';
const policyFile = 'gemini-policy.toml';
const toolTimeoutMs = 120_000;

/** Tools that change files, start other agents with tools of their own, or change the person's own memory. */
const writing = ['write_file', 'replace', 'invoke_agent', 'save_memory', 'enter_plan_mode', 'exit_plan_mode'];
const shell = ['run_shell_command'];
const web = ['web_fetch', 'google_web_search'];

/**
 * What the adapter's policy allows without asking and what it denies, whatever the person's own policy says: it
 * stands in Gemini CLI's administrator tier. What it does not name (reading) is allowed by Gemini CLI itself. Below
 * `full` only Sloop's MCP server is offered, since nobody knows what the person's own servers change.
 */
const rights: Record<AccessLevel, { allowed: readonly string[]; denied: readonly string[] }> = {
  full: { allowed: [...shell, ...web], denied: [] },
  'read-only': { allowed: web, denied: [...writing, ...shell] },
  'read-only-shell': { allowed: [...shell, ...web], denied: writing },
  minimal: { allowed: [], denied: [...writing, ...shell, ...web] },
};

/**
 * Gemini CLI. It takes MCP servers from settings files alone, so ours stands in a private one that is named as the
 * system's defaults: the lowest layer, so the person's own settings, login and an administrator's rules still count.
 * Gemini CLI reads it only where no other user may write to the file or a folder above it.
 *
 * Evidence: Sloop knows success from the agent's own reports. Exit code 0 and `result: success` also follow refused
 * tools and a server that did not start; `result: error` and other exit codes are failures.
 */
export const gemini: Provider = {
  id: 'gemini',
  title,
  install,
  streams: true,
  accounts: { variables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'], folderVariable: 'GEMINI_CLI_HOME' },
  resumesAcrossAccounts: true,
  detect: (environment, settings) =>
    detectByVersion({ program: settings?.executable ?? program, title, install }, environment),
  launch(request) {
    const isStreamed = request.form === 'streamed';
    const prompt = withRole(request);
    return ok({
      argv: [
        request.settings?.executable ?? program,
        ...options(request),
        ...(isStreamed ? [] : ['--prompt-interactive', prompt]),
      ],
      environment: {
        GEMINI_CLI_SYSTEM_DEFAULTS_PATH: path.join(request.privateFolder, settingsFile),
        // It would start itself once more and not end with the first of the two. In a terminal it restarts by that.
        ...(isStreamed ? { GEMINI_CLI_NO_RELAUNCH: 'true' } : {}),
        ...request.settings?.env,
      },
      unset: [],
      stdin: isStreamed ? { kind: 'text', text: prompt } : { kind: 'terminal' },
      files: files(request),
      providerSessionId: request.session.id,
      cannot: cannot(request),
    });
  },
  parser: () => new GeminiStream(),
};

function options(request: LaunchRequest): string[] {
  const { form, session, access, model, privateFolder, settings } = request;
  return [
    // A worktree is a folder that nobody has answered for yet; the workspace it belongs to is trusted.
    ...(form === 'streamed' ? ['--output-format', 'stream-json', '--skip-trust'] : []),
    ...(session.kind === 'new' ? ['--session-id', session.id] : ['--resume', session.id]),
    ...['--approval-mode', access === 'full' ? 'auto_edit' : 'default'],
    ...['--admin-policy', path.join(privateFolder, policyFile)],
    ...(access === 'full' ? [] : ['--allowed-mcp-server-names', bridgeName]),
    ...(model === undefined ? [] : ['--model', model]),
    ...(settings?.extraArguments ?? []),
  ];
}

function files({ bridge, tools, limits, access, privateFolder }: LaunchRequest): PrivateFile[] {
  const server = {
    command: bridge.command,
    args: bridge.args,
    // Gemini CLI keeps variables that look like secrets from its children, unless they are named here.
    env: { ...bridge.env, ...bridge.secretEnv },
    includeTools: tools,
    // Without it the tools are not even offered where nobody can be asked.
    trust: true,
    timeout: toolTimeoutMs,
  };
  const settings = {
    mcpServers: { [bridgeName]: server },
    general: { enableAutoUpdate: false },
    hooks: geminiHooks(privateFolder, { ...bridge.env, ...bridge.secretEnv }),
    ...(limits.turns === undefined ? {} : { model: { maxSessionTurns: limits.turns } }),
  };
  const { allowed, denied } = rights[access];
  const rules = [
    // Who may only read may not write by a redirection either: without the mark, such a command is refused.
    ...allowed.map(
      (tool) => rule(tool, 'allow', 100) + (access === 'full' ? 'allowRedirection = true\n' : ''),
    ),
    ...denied.map((tool) => rule(tool, 'deny', 200)),
  ];
  return [
    { path: settingsFile, content: JSON.stringify(settings, null, 2), mode: 0o600 },
    { path: policyFile, content: rules.join('\n'), mode: 0o600 },
  ];
}

const rule = (tool: string, decision: 'allow' | 'deny', priority: number): string =>
  `[[rule]]\ntoolName = ${toml(tool)}\ndecision = ${toml(decision)}\npriority = ${priority}\n`;

function cannot({ access, limits, effort }: LaunchRequest): string[] {
  return [
    ...(access === 'read-only-shell' ? ['Gemini CLI cannot keep shell commands from changing files.'] : []),
    ...(effort === undefined ? [] : ['Gemini CLI takes no effort.']),
    ...(limits.costUsd === undefined ? [] : ['Gemini CLI cannot limit its cost, and does not tell it.']),
  ];
}
