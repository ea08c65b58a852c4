import path from 'node:path';
import { ok, refuse } from '../../base/result.ts';
import { AiderStream } from './aiderStream.ts';
import { detectByVersion } from './detectByVersion.ts';
import type { LaunchRequest, Provider } from './provider.ts';
import { withRole } from './rolePrompt.ts';

const program = 'aider';
const title = 'aider';
const install = 'Install aider with `python -m pip install aider-install && aider-install`.';

const promptFile = 'aider-prompt.md';
const commandsFile = 'aider-commands.txt';

/** What keeps it from asking, from writing beside its work, and from colours between its words. */
const quiet = [
  ...['--no-check-update', '--no-show-release-notes', '--no-show-model-warnings', '--no-analytics'],
  ...['--no-gitignore', '--no-detect-urls'],
];

/**
 * aider. It knows no MCP: its agent reports by the `sloop` command alone. It keeps no sessions that could be resumed
 * by id.
 *
 * Evidence: Sloop knows success from the agent's own reports, and headless aider runs no command that its model
 * suggests (Aider-AI/aider#3903), so such an agent can only end without a report, for a person to look at. In a
 * terminal the person lets it run the command. Exit code 0 says that it ended, nothing more.
 *
 * Unverified: written from aider's documentation (0.86) and never run, since it was not to be had where this was
 * written. The options, what it prints, and how it takes SIGTERM are to be tried before it is relied on.
 */
export const aider: Provider = {
  id: 'aider',
  title,
  install,
  streams: false,
  accounts: { variables: ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY'] },
  resumesAcrossAccounts: false,
  detect: (environment, settings) =>
    detectByVersion({ program: settings?.executable ?? program, title, install }, environment),
  launch(request) {
    const { session, form, privateFolder, bridge, settings } = request;
    if (session.kind === 'resume')
      return refuse(
        'conflict',
        'aider cannot resume a session.',
        'Start a new agent with what is left to do.',
      );
    const isStreamed = form === 'streamed';
    const prompt = path.join(privateFolder, promptFile);
    const file = (name: string, content: string) => ({ path: name, content, mode: 0o600 });
    return ok({
      argv: [
        settings?.executable ?? program,
        ...quiet,
        ...(isStreamed ? ['--yes-always', '--no-pretty', '--no-stream', '--no-fancy-input'] : []),
        ...options(request),
        ...(isStreamed ? ['--message-file', prompt] : ['--load', path.join(privateFolder, commandsFile)]),
      ],
      environment: { ...bridge.secretEnv, ...settings?.env },
      unset: [],
      stdin: isStreamed ? { kind: 'text', text: '' } : { kind: 'terminal' },
      files: [
        file(promptFile, withRole(request)),
        // A file of commands has one on each line, so the prompt itself cannot stand in it.
        ...(isStreamed
          ? []
          : [
              file(commandsFile, `/read-only ${prompt}\n/${mode(request)} Do what ${promptFile} asks for.\n`),
            ]),
      ],
      providerSessionId: undefined,
      cannot: cannot(request),
    });
  },
  parser: () => new AiderStream(),
};

/** Without the right to write, the mode in which it proposes no edits. */
const mode = ({ access }: LaunchRequest): 'code' | 'ask' => (access === 'full' ? 'code' : 'ask');

const options = (request: LaunchRequest): string[] => [
  // Its own commits would stand between those that the agent is asked to make.
  ...(request.access === 'full' ? ['--no-dirty-commits'] : ['--chat-mode', 'ask', '--no-auto-commits']),
  ...(request.model === undefined ? [] : ['--model', request.model]),
  ...(request.effort === undefined ? [] : ['--reasoning-effort', request.effort]),
  ...(request.settings?.extraArguments ?? []),
];

function cannot({ form, access, limits }: LaunchRequest): string[] {
  return [
    'aider knows no MCP: its agent reports by the sloop command alone.',
    ...(form === 'streamed'
      ? ['Headless, aider runs no command, so its agent cannot report: look at what it did yourself.']
      : []),
    ...(access === 'read-only-shell' ? ['aider has no shell of its own to run tests with.'] : []),
    ...(limits.turns === undefined ? [] : ['aider cannot limit its turns.']),
    ...(limits.costUsd === undefined ? [] : ['aider cannot limit its cost.']),
  ];
}
