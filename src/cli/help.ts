import { pad, width } from './format/cellText.ts';
import type { Paint } from './format/paint.ts';
import type { Command, Field } from './commandTable.ts';
import { commonFlags } from './parseArguments.ts';
import type { OwnCommand } from './ownCommand.ts';

/** All there is, grouped by noun. */
export function generalHelp(
  commands: readonly Command[],
  own: readonly OwnCommand[],
  shortcuts: Readonly<Record<string, string>>,
  paint: Paint,
): string {
  const nouns = [
    ...new Set(commands.filter(({ words }) => words.length > 1).map(({ words }) => words[0] ?? '')),
  ];
  const verbs = (noun: string) =>
    commands.filter(({ words }) => words[0] === noun && words.length > 1).map(({ words }) => words[1] ?? '');
  const single = commands.filter(({ words }) => words.length === 1);
  return [
    'sloop — a well-run team of AI coding agents in your workspace',
    '',
    paint('bold', 'Usage: sloop NOUN VERB [fields] [--json]'),
    '',
    ...aligned(nouns.map((noun) => [noun, verbs(noun).join(', ')])),
    '',
    ...aligned([
      ...single.map(({ words, title }): [string, string] => [words.join(' '), title]),
      ...Object.entries(shortcuts).map(([word, id]): [string, string] => [
        word,
        `Short for ${id.replace('.', ' ')}`,
      ]),
      ...own
        .filter(({ hidden }) => hidden !== true)
        .map(({ name, about }): [string, string] => [name, about]),
    ]),
    '',
    'More about one: sloop NOUN VERB --help',
    '',
  ].join('\n');
}

/** The verbs of one noun. */
export function nounHelp(noun: string, commands: readonly Command[], paint: Paint): string {
  return [
    paint('bold', `Usage: sloop ${noun} VERB [fields]`),
    '',
    ...aligned(commands.map(({ words, summary }) => [words.slice(1).join(' '), summary])),
    '',
  ].join('\n');
}

/** How to use one command. */
export function commandHelp(command: Command, paint: Paint): string {
  const { fields, positional, wait } = command;
  const isFree = ({ name }: Field) => positional.includes(name);
  const free = positional.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  const flags = fields.filter((field) => !isFree(field));
  return [
    command.summary,
    '',
    paint(
      'bold',
      ['Usage: sloop', ...command.words, ...free.map(usageOf), ...(flags.length > 0 ? ['[flags]'] : [])].join(
        ' ',
      ),
    ),
    '',
    ...section(
      'Fields',
      free.map((field): [string, string] => [field.flag, about(field)]),
      paint,
    ),
    ...section(
      'Flags',
      flags.map((field): [string, string] => [flagText(field), about(field)]),
      paint,
    ),
    ...section(
      'Common',
      [
        ...(wait === undefined ? [] : waitLines(wait)),
        ...commonFlags.map(({ flag, value, about: text }): [string, string] => [
          `--${flag}${value === null ? '' : ` ${value}`}`,
          text,
        ]),
      ],
      paint,
    ),
  ].join('\n');
}

const waitLines = (wait: NonNullable<Command['wait']>): [string, string][] => [
  wait.byDefault ? ['--no-wait', `Do not wait ${wait.what}`] : ['--wait', `Wait ${wait.what}`],
  ['--timeout SECONDS', 'Wait no longer than this'],
];

const usageOf = ({ flag, many, required }: Field): string => {
  const text = `${flag.toUpperCase()}${many ? '…' : ''}`;
  return required ? text : `[${text}]`;
};

function flagText({ flag, type, many, nullable, shorthand, default: byDefault }: Field): string {
  if (type === 'boolean' && !many) return nullable || byDefault === true ? `--[no-]${flag}` : `--${flag}`;
  const value = type === 'number' ? 'N' : type === 'json' && shorthand === undefined ? 'JSON' : 'TEXT';
  return `--${flag} ${value}${many ? ' (again for more)' : ''}`;
}

function about(field: Field): string {
  const notes = [
    field.values === undefined ? '' : `one of ${field.values.join(', ')}`,
    field.required ? 'needed' : '',
    field.nullable ? 'none clears it' : '',
    field.default === undefined || field.default === false ? '' : `else ${JSON.stringify(field.default)}`,
  ].filter((note) => note !== '');
  const text = field.description ?? '';
  return notes.length === 0 ? text : `${text}${text === '' ? '' : ' '}(${notes.join('; ')})`;
}

const section = (title: string, rows: readonly [string, string][], paint: Paint): string[] =>
  rows.length === 0 ? [] : [paint('bold', title), ...aligned(rows), ''];

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const margin = Math.min(30, Math.max(0, ...rows.map(([name]) => width(name))));
  return rows.map(([name, text]) => `  ${pad(name, margin)}  ${text}`.trimEnd());
}
