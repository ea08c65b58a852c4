import path from 'node:path';
import { z } from 'zod';
import { ok, refuse } from '../../base/result.ts';
import { resolveCommand } from './executable.ts';
import type { Observation } from './observation.ts';
import type { LaunchRequest, PrivateFile, Provider, StreamParser } from './provider.ts';
import { oneLine } from './summary.ts';

const argv = z.tuple([z.string().min(1)], z.string());

/** Any agent with a command line, as a person describes it in their own settings. */
export const commandDefinition = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'takes lower-case words joined by hyphens'),
  title: z.string().min(1),
  install: z.string().default('Install it, or correct its command in the settings.'),
  argv: argv.describe(
    'Program and arguments. {prompt}, {promptFile}, {systemPrompt}, {workingFolder} and {session} are filled in ' +
      'within an argument; everything else stays as it is. Without a prompt among them it comes by standard input.',
  ),
  resumeArgv: argv.optional().describe('The same for resuming {session}; without it, it cannot resume'),
  env: z.record(z.string(), z.string()).default({}),
});
export type CommandDefinition = z.infer<typeof commandDefinition>;

const promptFile = 'prompt.md';

/** A provider for one user-defined command line. Its output is plain text: each line is something it said. */
export function commandProvider(definition: CommandDefinition): Provider {
  const { id, title, install } = definition;
  return {
    id,
    title,
    install,
    streams: false,
    accounts: { variables: [] },
    resumesAcrossAccounts: false,
    // Only looked for, never started: what a stranger's program does with `--version` is not known.
    async detect(environment, settings) {
      const program = settings?.executable ?? definition.argv[0];
      const found = await resolveCommand([program], environment);
      if (found !== undefined) return { found: true, executable: found[0], version: undefined };
      return { found: false, reason: `${title}: there is no \`${program}\` on the PATH.`, next: install };
    },
    launch(request) {
      const template = request.session.kind === 'new' ? definition.argv : definition.resumeArgv;
      if (template === undefined) {
        return refuse(
          'conflict',
          `${title} cannot resume a session.`,
          'Start a new agent, or set its resumeArgv.',
        );
      }
      const takesPrompt = mentions(template, 'prompt') || mentions(template, 'promptFile');
      if (request.form === 'interactive' && !takesPrompt) {
        const next = 'Put {prompt} or {promptFile} into its argv, or start it in the streamed form.';
        return refuse('invalid', `${title} has no place for the first prompt in a terminal.`, next);
      }
      const values = placeholders(request, template);
      const [program, ...rest] = template;
      const fill = (argument: string) => filled(argument, values);
      return ok({
        argv: [
          request.settings?.executable ?? fill(program),
          ...rest.map(fill),
          ...(request.settings?.extraArguments ?? []),
        ],
        environment: { ...request.bridge.secretEnv, ...definition.env, ...request.settings?.env },
        unset: [],
        stdin:
          request.form === 'interactive'
            ? { kind: 'terminal' }
            : { kind: 'text', text: takesPrompt ? '' : values.prompt },
        files: mentions(template, 'promptFile') ? [privatePrompt(values.prompt)] : [],
        providerSessionId: mentions(template, 'session') ? request.session.id : undefined,
        cannot: cannot(title, request),
      });
    },
    parser: () => new TextStream(title),
  };
}

type Placeholders = Readonly<
  Record<'prompt' | 'promptFile' | 'systemPrompt' | 'workingFolder' | 'session', string>
>;

const mentions = (template: readonly string[], name: keyof Placeholders): boolean =>
  template.some((argument) => argument.includes(`{${name}}`));

/** A template without a place for the system prompt gets it at the head of the prompt. */
function placeholders(request: LaunchRequest, template: readonly string[]): Placeholders {
  const { prompt, systemPrompt, workingFolder, privateFolder, session } = request;
  const isApart = systemPrompt === '' || mentions(template, 'systemPrompt');
  return {
    prompt: isApart ? prompt : `${systemPrompt}\n\n${prompt}`,
    promptFile: path.join(privateFolder, promptFile),
    systemPrompt,
    workingFolder,
    session: session.id,
  };
}

/** One pass over the argument, so that braces inside a prompt are never taken for placeholders. */
const filled = (argument: string, values: Placeholders): string =>
  argument.replace(
    /\{(prompt|promptFile|systemPrompt|workingFolder|session)\}/g,
    (_whole, name: keyof Placeholders) => values[name],
  );

const privatePrompt = (content: string): PrivateFile => ({ path: promptFile, content, mode: 0o600 });

function cannot(title: string, { access, limits, model, effort }: LaunchRequest): string[] {
  return [
    ...(access === 'full' ? [] : [`${title} is not kept from changing files: Sloop cannot tell it how.`]),
    ...(limits.turns === undefined ? [] : [`${title} cannot limit its turns.`]),
    ...(limits.costUsd === undefined ? [] : [`${title} cannot limit its cost.`]),
    ...(model === undefined ? [] : [`${title} chooses its model by its own command line.`]),
    ...(effort === undefined ? [] : [`${title} chooses its effort by its own command line.`]),
  ];
}

class TextStream implements StreamParser {
  readonly #title: string;

  constructor(title: string) {
    this.#title = title;
  }

  push(line: string): readonly Observation[] {
    return line.trim() === '' ? [] : [{ kind: 'said', text: line }];
  }

  end({
    exitCode,
    signal,
    stderrTail,
  }: {
    exitCode: number | null;
    signal: string | null;
    stderrTail: string;
  }) {
    if (exitCode === 0) return [{ kind: 'ended' } as const];
    const how = signal ?? `exit code ${exitCode}`;
    const said = stderrTail.trim() === '' ? '' : `: ${stderrTail.trim()}`;
    return [
      {
        kind: 'failed',
        failure: 'other',
        reason: oneLine(`${this.#title} ended with ${how}${said}`),
      } as const,
    ];
  }
}
