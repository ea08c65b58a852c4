import { findHost } from '../gateway/client/findHost.ts';
import type { HostAway, HostFault } from '../gateway/client/hostLink.ts';
import { createHttpClient, type HttpClient } from '../gateway/client/httpClient.ts';
import type { Command, CommandTable } from './commandTable.ts';
import { exitCodes, isNamed, UsageError } from './exitCodes.ts';
import { paintWith } from './format/paint.ts';
import { heavyCommands } from './heavyCommands.ts';
import { commandHelp, generalHelp, nounHelp } from './help.ts';
import { noHostText } from './noHost.ts';
import { ownCommands, shortcuts } from './ownCommands.ts';
import { parseArguments } from './parseArguments.ts';
import { runOperation } from './runOperation.ts';
import type { Terminal } from './terminal.ts';
import { nearest } from './words.ts';

/** One command line, from words to exit code. Everything that ends a command ends here. */
export async function runCli(
  table: CommandTable,
  terminal: Terminal,
  words: readonly string[],
): Promise<number> {
  try {
    return await dispatch(table, terminal, words);
  } catch (error) {
    if (isNamed<UsageError>(error, 'UsageError')) {
      terminal.err(`${error.message}\n${error.next}\n`);
      return exitCodes.usage;
    }
    if (isNamed<HostAway>(error, 'HostAway')) {
      terminal.err(
        error.sent
          ? `${error.message}\nThe host may have done it all the same: look before you repeat it.\n`
          : noHostText(terminal),
      );
      return exitCodes.noHost;
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    terminal.err(
      isNamed<HostFault>(error, 'HostFault') ? `${message}\n` : `sloop itself failed: ${message}\n`,
    );
    if (terminal.env['SLOOP_DEBUG']) terminal.err(`${stack ?? ''}\n`);
    return exitCodes.fault;
  }
}

async function dispatch(table: CommandTable, terminal: Terminal, words: readonly string[]): Promise<number> {
  const [first, second = ''] = words;
  if (first === '--version' || first === '-v') return dispatch(table, terminal, ['version']);
  if (first === undefined || first === 'help' || first === '--help' || first === '-h')
    return help(table, terminal, words.slice(1));
  const own =
    ownCommands.find(({ name }) => name === `${first} ${second}`) ??
    ownCommands.find(({ name }) => name === first);
  if (own !== undefined) {
    const rest = words.slice(own.name.split(' ').length);
    if (rest.includes('--help') || rest.includes('-h')) {
      terminal.out(`${own.about}\n\nUsage: ${own.usage}\n`);
      return exitCodes.done;
    }
    if (own.run !== undefined) return own.run(terminal, rest, table);
    const load = heavyCommands[own.name];
    return load === undefined ? unknown(table, words) : (await load())(terminal, rest, table);
  }
  const found = findCommand(table.commands, words);
  if (found === undefined) return nounOrUnknown(table, terminal, words);
  const parsed = parseArguments(found.command, found.rest, terminal.readText);
  if (parsed.help) {
    terminal.out(commandHelp(found.command, paintWith(terminal.colour)));
    return exitCodes.done;
  }
  return runOperation(found.command, parsed, terminal, clientFor(terminal));
}

function findCommand(commands: readonly Command[], words: readonly string[]) {
  const [first = '', second = ''] = words;
  const id = shortcuts[first];
  const byShortcut = id === undefined ? undefined : commands.find((command) => command.id === id);
  if (byShortcut !== undefined) return { command: byShortcut, rest: words.slice(1) };
  const two = commands.find(
    (command) => command.words.length === 2 && command.words.join(' ') === `${first} ${second}`,
  );
  if (two !== undefined) return { command: two, rest: words.slice(2) };
  const one = commands.find((command) => command.words.length === 1 && command.words[0] === first);
  return one === undefined ? undefined : { command: one, rest: words.slice(1) };
}

/** An agent's call waits for a host that moves; a person rather hears at once that there is none. */
function clientFor({ cwd, env }: Terminal): HttpClient {
  const token = env['SLOOP_TOKEN'];
  return createHttpClient({
    locate: () => findHost(cwd, env),
    surface: 'cli',
    token,
    messages: token !== undefined,
    patienceMs: token === undefined ? 0 : 10_000,
  });
}

function help(table: CommandTable, terminal: Terminal, words: readonly string[]): number | Promise<number> {
  const paint = paintWith(terminal.colour);
  if (words.length > 0) return dispatch(table, terminal, [...words, '--help']);
  terminal.out(generalHelp(table.commands, ownCommands, shortcuts, paint));
  return exitCodes.done;
}

/** `sloop todo` explains the noun; anything else names what was probably meant. */
function nounOrUnknown(table: CommandTable, terminal: Terminal, words: readonly string[]): number {
  const [noun = '', verb] = words;
  const ofNoun = table.commands.filter((command) => command.words.length > 1 && command.words[0] === noun);
  const asksHelp = verb === undefined || verb === '--help' || verb === '-h' || verb === 'help';
  if (ofNoun.length === 0 || !asksHelp) return unknown(table, words);
  terminal.out(nounHelp(noun, ofNoun, paintWith(terminal.colour)));
  return exitCodes.done;
}

function unknown({ commands }: CommandTable, words: readonly string[]): never {
  const [first = '', second = ''] = words;
  const verbs = commands
    .filter(({ words: [noun] }) => noun === first)
    .map(({ words: [, verb] }) => verb ?? '');
  const firsts = [
    ...commands.map(({ words: [word] }) => word ?? ''),
    ...ownCommands.map(({ name }) => name),
    ...Object.keys(shortcuts),
  ];
  if (verbs.length > 0) {
    const meant = nearest(second, verbs);
    throw new UsageError(
      `sloop ${first} has no verb ${second}.`,
      meant === undefined ? `It has: ${verbs.join(', ')}.` : `Did you mean sloop ${first} ${meant}?`,
    );
  }
  const meant = nearest(first, firsts);
  throw new UsageError(
    `sloop has no command ${first}.`,
    meant === undefined ? 'See: sloop help' : `Did you mean sloop ${meant}?`,
  );
}
