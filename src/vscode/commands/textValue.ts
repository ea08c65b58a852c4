import { z } from 'zod';
import type { Field } from './fields.ts';

/** What was typed, as the operation takes it, or what is wrong with it. */
export type TextValue = { readonly value: unknown } | { readonly problem: string };

/** Stands between several texts that are typed in one line. */
const between = ';';

/**
 * Reads what was typed for a field. Nothing typed leaves an optional field out; where a value is being changed
 * (`changing`) it empties the field instead. The operation's own schema says whether the value will do.
 */
export function textValue(
  field: Field,
  typed: string,
  { needed = field.required, changing = false } = {},
): TextValue {
  const text = typed.trim();
  if (text === '' && !changing)
    return needed ? { problem: `${field.label} is needed.` } : { value: undefined };
  if (text === '' && field.nullable) return { value: null };
  const read = valueOf(field, text);
  if ('problem' in read) return read;
  const checked = z.safeParse(field.schema, read.value);
  return checked.success ? read : { problem: problemOf(field, checked.error) };
}

/** A value as it can be typed again. */
export function typedText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(typedText).join(`${between} `);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** How a field is typed, where that is not plain from its name. */
export function typingHint({ many, of }: Field): string | undefined {
  if (many) return `Several stand with a ${between} between them.`;
  if (of.kind === 'instant') return 'A day or a moment, such as 2027-01-31 or 2027-01-31 18:00.';
  return undefined;
}

function valueOf(field: Field, text: string): TextValue {
  if (!field.many) return oneValue(field, text);
  const parts = text
    .split(between)
    .flatMap((part) => (part.trim() === '' ? [] : [oneValue(field, part.trim())]));
  return (
    parts.find((part) => 'problem' in part) ?? { value: parts.map((part) => 'value' in part && part.value) }
  );
}

function oneValue({ of, label }: Field, text: string): TextValue {
  switch (of.kind) {
    case 'number': {
      const value = Number(text);
      return Number.isFinite(value) ? { value } : { problem: `${label} is a number.` };
    }
    case 'instant': {
      // Without a time zone a text with a time in it is local; a mere day would be taken for UTC.
      const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text.replace(' ', 'T'));
      return Number.isNaN(at.getTime())
        ? { problem: 'Type a day or a moment, such as 2027-01-31 or 2027-01-31 18:00.' }
        : { value: at.toISOString() };
    }
    case 'reference':
    case 'choice':
    case 'boolean':
    case 'text':
    case 'data':
      return { value: text };
  }
}

/** zod's sentences stand alone; the schemas' own go on after the field's name: "must not be empty". */
function problemOf({ label }: Field, error: z.core.$ZodError): string {
  const message = error.issues[0]?.message ?? 'does not fit';
  return /^[a-z]/.test(message) ? `${label} ${message}.` : `${message}.`;
}
