import type { Command, Field } from './commandTable.ts';
import { UsageError } from './exitCodes.ts';
import { fieldValue } from './fieldValue.ts';
import { nearest } from './words.ts';

/** Flags that every operation has, beside its own fields. */
export const commonFlags = [
  { flag: 'json', value: null, about: 'Print the result as JSON' },
  { flag: 'input', value: 'FILE', about: 'Read fields from a JSON object in a file; - is standard input' },
  { flag: 'help', value: null, about: 'Explain this command' },
] as const;

export const waitFlags = [
  { flag: 'wait', value: null, about: 'Wait' },
  { flag: 'timeout', value: 'SECONDS', about: 'Wait no longer than this' },
] as const;

export interface ParsedArguments {
  readonly input: Readonly<Record<string, unknown>>;
  readonly json: boolean;
  readonly help: boolean;
  readonly wait: boolean;
  readonly timeoutSeconds: number | null;
}

/** Reads a file that the command line names; `-` is standard input. */
export type ReadText = (file: string) => string;

interface Given {
  readonly field: Field;
  readonly texts: string[];
}

/** Turns what stands after a command's words into the operation's input. Throws `UsageError`. */
export function parseArguments(
  command: Command,
  words: readonly string[],
  readText: ReadText,
): ParsedArguments {
  const state = new ArgumentReader(command, readText);
  for (const queue = [...words]; queue.length > 0;) state.take(queue);
  return state.finish();
}

class ArgumentReader {
  readonly #command: Command;
  readonly #readText: ReadText;
  readonly #given = new Map<string, Given>();
  readonly #free: string[] = [];
  readonly #booleans = new Map<string, boolean>();
  #base: Record<string, unknown> = {};
  #timeout: number | null = null;
  #onlyFree = false;

  constructor(command: Command, readText: ReadText) {
    this.#command = command;
    this.#readText = readText;
  }

  take(queue: string[]): void {
    const word = queue.shift() ?? '';
    if (this.#onlyFree || word === '-' || !word.startsWith('-')) this.#free.push(word);
    else if (word === '--') this.#onlyFree = true;
    else if (word === '-h') this.#booleans.set('help', true);
    else this.#flag(word, queue);
  }

  #flag(word: string, queue: string[]): void {
    const [, name = '', inline] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const value = (): string => {
      const found = inline ?? queue.shift();
      if (found === undefined) throw new UsageError(`--${name} needs a value.`, this.#helpHint());
      return found;
    };
    const own = this.#command.fields.find(
      ({ flag, type, many }) => flag === name && (type !== 'boolean' || many),
    );
    if (own !== undefined) return this.#give(own, value());
    if (name === 'input') return this.#merge(value());
    if (name === 'timeout' && this.#command.wait !== undefined) return this.#setTimeout(value());
    const source = this.#command.fields.find(({ flag, type }) => type === 'text' && `${flag}-file` === name);
    if (source !== undefined) return this.#give(source, this.#readText(value()));
    this.#booleanFlag(name, inline);
  }

  #booleanFlag(name: string, inline: string | undefined): void {
    const known = [
      'json',
      'help',
      ...(this.#command.wait === undefined ? [] : ['wait']),
      ...this.#command.fields.filter(({ type, many }) => type === 'boolean' && !many).map(({ flag }) => flag),
    ];
    if (known.includes(name)) this.#booleans.set(name, inline === undefined || readBoolean(name, inline));
    else if (name.startsWith('no-') && known.includes(name.slice(3)) && inline === undefined)
      this.#booleans.set(name.slice(3), false);
    else throw this.#unknownFlag(name);
  }

  #unknownFlag(name: string): UsageError {
    const flags = [
      ...this.#command.fields.map(({ flag }) => flag),
      ...commonFlags.map(({ flag }) => flag),
      ...(this.#command.wait === undefined ? [] : waitFlags.map(({ flag }) => flag)),
    ];
    const meant = nearest(name, flags);
    return new UsageError(
      `sloop ${this.#command.words.join(' ')} has no flag --${name}.`,
      meant === undefined ? this.#helpHint() : `Did you mean --${meant}?`,
    );
  }

  #give(field: Field, text: string): void {
    const known = this.#given.get(field.name);
    if (known === undefined) this.#given.set(field.name, { field, texts: [text] });
    else if (field.many) known.texts.push(text);
    else throw new UsageError(`--${field.flag} is given twice.`, 'It takes one value.');
  }

  #merge(file: string): void {
    const text = this.#readText(file);
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new UsageError(`--input ${file}: ${error.message}.`, 'It must be one JSON object.');
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new UsageError(`--input ${file} is no JSON object.`, 'Its keys are the fields of the command.');
    this.#base = { ...this.#base, ...parsed };
  }

  #setTimeout(text: string): void {
    this.#timeout = Number(text);
    if (!Number.isFinite(this.#timeout) || this.#timeout <= 0 || text.trim() === '')
      throw new UsageError(`--timeout ${text} is no number of seconds.`, 'Such as: --timeout 60');
  }

  #placeFree(): void {
    const places = this.#command.positional.flatMap(
      (name) => this.#command.fields.find((field) => field.name === name) ?? [],
    );
    for (const field of places) {
      if (this.#given.has(field.name)) continue;
      const taken = this.#free.splice(0, field.many ? this.#free.length : 1);
      for (const text of taken) this.#give(field, text);
    }
    if (this.#free.length > 0)
      throw new UsageError(
        `sloop ${this.#command.words.join(' ')}: ${this.#free.join(' ')} is too much.`,
        this.#helpHint(),
      );
  }

  #helpHint(): string {
    return `See: sloop ${this.#command.words.join(' ')} --help`;
  }

  finish(): ParsedArguments {
    const { fields, wait } = this.#command;
    const help = this.#booleans.get('help') ?? false;
    if (!help) this.#placeFree();
    const input: Record<string, unknown> = { ...this.#base };
    for (const { field, texts } of this.#given.values()) input[field.name] = fieldValue(field, texts);
    for (const { name, flag, type } of fields) {
      const set = type === 'boolean' ? this.#booleans.get(flag) : undefined;
      if (set !== undefined) input[name] = set;
    }
    const missing = fields.filter(({ name, required }) => required && input[name] === undefined);
    if (!help && missing.length > 0)
      throw new UsageError(
        `sloop ${this.#command.words.join(' ')} needs ${missing.map(({ name }) => name).join(', ')}.`,
        this.#helpHint(),
      );
    return {
      input,
      help,
      json: this.#booleans.get('json') ?? false,
      wait: this.#booleans.get('wait') ?? wait?.byDefault ?? false,
      timeoutSeconds: this.#timeout,
    };
  }
}

function readBoolean(name: string, text: string): boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw new UsageError(`--${name}=${text} is neither true nor false.`, `Write --${name} or --no-${name}.`);
}
