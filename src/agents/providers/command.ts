import path from 'node:path';
import { z } from 'zod';
import { ok, refuse } from '../../base/result.ts';
import { resolveCommand } from './executable.ts';
import { failureFrom, failureOf } from './failureText.ts';
import type { Observation } from './observation.ts';
import {
  bridgeName,
  type LaunchRequest,
  type PrivateFile,
  type ProcessEnd,
  type Provider,
  type StreamParser,
} from './provider.ts';
import { withRole } from './rolePrompt.ts';

/** A list within is a group: left out where a value that it names is not set. */
const argument = z.union([z.string(), z.array(z.string()).min(1)]);
const argv = z.tuple([z.string().min(1)], argument);

const pattern = z.string().refine(isPattern, 'is no regular expression with one group');

/** Any agent with a command line, as a person describes it in their own settings. */
export const commandDefinition = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'takes lower-case words joined by hyphens'),
  title: z.string().min(1),
  install: z.string().default('Install it, or correct its command in the settings.'),
  argv: argv.describe(
    'Program and arguments. {prompt}, {promptFile}, {systemPrompt}, {workingFolder}, {session}, {model}, {effort} ' +
      'and {mcpConfig} (a file that names Sloop’s MCP server) are filled in within an argument; everything else ' +
      'stays as it is. A list within, such as [--model, "{model}"], is left out where what it names is not set. ' +
      'Without a prompt among them it comes by standard input.',
  ),
  resumeArgv: argv.optional().describe('The same for resuming {session}; without it, it cannot resume'),
  sessionPattern: pattern
    .optional()
    .describe('Finds the session’s id in a line of output, where the program chooses it itself'),
  env: z.record(z.string(), z.string()).default({}),
});
export type CommandDefinition = z.infer<typeof commandDefinition>;
type Template = z.infer<typeof argv>;

function isPattern(text: string): boolean {
  try {
    // One empty alternative more always fits, and tells how many groups there are.
    return new RegExp(`${text}|`).exec('')?.length === 2;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const promptFile = 'prompt.md';
const mcpFile = 'mcp.json';

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
      return ok({
        argv: [
          request.settings?.executable ?? filled(program, values),
          ...rest.flatMap((argument) => filledGroup(argument, values)),
          ...(request.settings?.extraArguments ?? []),
        ],
        environment: { ...request.bridge.secretEnv, ...definition.env, ...request.settings?.env },
        unset: [],
        stdin:
          request.form === 'interactive'
            ? { kind: 'terminal' }
            : { kind: 'text', text: takesPrompt ? '' : (values.prompt ?? '') },
        files: [
          ...(mentions(template, 'promptFile') ? [privateFile(promptFile, values.prompt ?? '')] : []),
          ...(mentions(template, 'mcpConfig') ? [privateFile(mcpFile, mcpConfig(request))] : []),
        ],
        providerSessionId: mentions(template, 'session') ? request.session.id : undefined,
        cannot: cannot(title, request, template),
      });
    },
    parser: () => new TextStream(title, definition.sessionPattern),
  };
}

const names = [
  'prompt',
  'promptFile',
  'systemPrompt',
  'workingFolder',
  'session',
  'model',
  'effort',
  'mcpConfig',
] as const;
type Name = (typeof names)[number];
type Placeholders = Readonly<Record<Name, string | undefined>>;

const mentions = (template: Template, name: Name): boolean =>
  template.flat().some((argument) => argument.includes(`{${name}}`));

/** A template without a place for the system prompt gets it at the head of the prompt. */
function placeholders(request: LaunchRequest, template: Template): Placeholders {
  const { prompt, systemPrompt, workingFolder, privateFolder, session, model, effort } = request;
  return {
    prompt: mentions(template, 'systemPrompt') ? prompt : withRole(request),
    promptFile: path.join(privateFolder, promptFile),
    systemPrompt,
    workingFolder,
    session: session.id,
    model,
    effort,
    mcpConfig: path.join(privateFolder, mcpFile),
  };
}

const placeholder = new RegExp(`\\{(${names.join('|')})\\}`, 'g');

/** One pass over the argument, so that braces inside a prompt are never taken for placeholders. */
const filled = (argument: string, values: Placeholders): string =>
  argument.replace(placeholder, (_whole, name: Name) => values[name] ?? '');

function filledGroup(argument: string | readonly string[], values: Placeholders): readonly string[] {
  if (typeof argument === 'string') return [filled(argument, values)];
  const isUnset = argument.some((one) =>
    [...one.matchAll(placeholder)].some(([, name]) => values[name as Name] === undefined),
  );
  return isUnset ? [] : argument.map((one) => filled(one, values));
}

const privateFile = (name: string, content: string): PrivateFile => ({ path: name, content, mode: 0o600 });

/** In the form that most CLIs read. */
function mcpConfig({ bridge }: LaunchRequest): string {
  const server = { command: bridge.command, args: bridge.args, env: { ...bridge.env, ...bridge.secretEnv } };
  return JSON.stringify({ mcpServers: { [bridgeName]: { type: 'stdio', ...server } } }, null, 2);
}

function cannot(
  title: string,
  { access, limits, model, effort }: LaunchRequest,
  template: Template,
): string[] {
  const misses = (value: string | undefined, name: Name) => value !== undefined && !mentions(template, name);
  return [
    ...(access === 'full' ? [] : [`${title} is not kept from changing files: Sloop cannot tell it how.`]),
    ...(limits.turns === undefined ? [] : [`${title} cannot limit its turns.`]),
    ...(limits.costUsd === undefined ? [] : [`${title} cannot limit its cost.`]),
    ...(misses(model, 'model') ? [`${title} chooses its model by its own command line.`] : []),
    ...(misses(effort, 'effort') ? [`${title} chooses its effort by its own command line.`] : []),
  ];
}

class TextStream implements StreamParser {
  readonly #title: string;
  readonly #session: RegExp | undefined;
  #told: string | undefined;

  constructor(title: string, sessionPattern?: string) {
    this.#title = title;
    this.#session = sessionPattern === undefined ? undefined : new RegExp(sessionPattern);
  }

  push(line: string): readonly Observation[] {
    if (line.trim() === '') return [];
    const id = this.#session?.exec(line)?.[1];
    const said: Observation = { kind: 'said', text: line };
    if (id === undefined || id === '' || id === this.#told) return [said];
    this.#told = id;
    return [{ kind: 'session', providerSessionId: id }, said];
  }

  end({ exitCode, signal, stderrTail }: ProcessEnd): readonly Observation[] {
    if (exitCode === 0) return [{ kind: 'ended' }];
    const how = signal ?? `exit code ${exitCode ?? 'unknown'}`;
    const said = stderrTail.trim() === '' ? '' : `: ${stderrTail.trim()}`;
    const told = failureFrom(`${this.#title} ended with ${how}${said}`, failureOf(stderrTail));
    return [{ kind: 'failed', ...told }];
  }
}
