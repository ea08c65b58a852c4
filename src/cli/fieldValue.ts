import type { Field } from './commandTable.ts';
import { UsageError } from './exitCodes.ts';
import { nearest } from './words.ts';

/** What was typed for a field, as the operation wants it. `none` clears what may be empty. */
export function fieldValue(field: Field, texts: readonly string[]): unknown {
  const [only] = texts;
  if (field.nullable && texts.length === 1 && only === 'none') return null;
  return field.many ? texts.flatMap((text) => oneOrMore(field, text)) : oneValue(field, only ?? '');
}

/** A list's flag takes one value at a time, or a whole JSON list. */
function oneOrMore(field: Field, text: string): readonly unknown[] {
  const value = field.type === 'json' ? jsonItem(field, text) : oneValue(field, text);
  return Array.isArray(value) ? value : [value];
}

function oneValue(field: Field, text: string): unknown {
  switch (field.type) {
    case 'text':
      return knownValue(field, text);
    case 'number':
      return numberOf(field, text);
    case 'boolean':
      return text === 'true';
    case 'json':
      return parseJson(field, text);
  }
}

function knownValue({ flag, values }: Field, text: string): string {
  if (values === undefined || values.includes(text)) return text;
  const meant = nearest(text, values);
  throw new UsageError(
    `--${flag} cannot be ${text}.`,
    `${meant === undefined ? '' : `Did you mean ${meant}? `}It takes: ${values.join(', ')}.`,
  );
}

function numberOf({ flag }: Field, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`--${flag} ${text} is no number.`, `Such as: --${flag} 3`);
  return value;
}

/** A list item may be written as plain text where one field says it all: `--findings "off by one"`. */
function jsonItem(field: Field, text: string): unknown {
  const looksLikeJson = /^\s*[[{]/.test(text);
  return field.shorthand !== undefined && !looksLikeJson
    ? { [field.shorthand]: text }
    : parseJson(field, text);
}

function parseJson({ flag }: Field, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(
      `--${flag} is no JSON: ${error.message}.`,
      'Quote it for the shell, or put it into a file: --input FILE.',
    );
  }
}
