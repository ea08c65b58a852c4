import { cellText, isEmpty, isRecord, label, pad, width } from './cellText.ts';
import { paintStatus, type Paint } from './paint.ts';
import { tableText } from './table.ts';

export interface OutputStyle {
  readonly columns: number | null;
  readonly paint: Paint;
}

type Row = Readonly<Record<string, unknown>>;

/** An operation's result for a person to read. Ends with a line break. */
export function outputText(value: unknown, noun: string, style: OutputStyle): string {
  return `${bodyText(value, noun, style)}\n`;
}

function bodyText(value: unknown, noun: string, style: OutputStyle): string {
  if (isPage(value)) return pageText(value, noun, style);
  if (Array.isArray(value)) return listText(value, noun, style);
  if (!isRecord(value)) return isEmpty(value) ? 'Done.' : String(value);
  const [only] = Object.values(value);
  if (Object.keys(value).length === 1 && isRows(only)) return listText(only, noun, style);
  return blockText(value, style);
}

/** A list cut at some length. One with a key goes on; one inside of something else only says how many there are. */
interface PageShape extends Row {
  readonly items: readonly unknown[];
  readonly more: number;
  readonly next?: string | null;
}

const isPage = (value: unknown): value is PageShape =>
  isRecord(value) && Array.isArray(value['items']) && typeof value['more'] === 'number';

const isEmptyPage = (value: unknown): boolean =>
  isPage(value) && value.items.length === 0 && value.more === 0;

function pageText({ items, more, next, ...rest }: PageShape, noun: string, style: OutputStyle): string {
  const list = listText(items, noun, style);
  const others = Object.values(rest).every(isEmpty) ? [] : [blockText(rest, style)];
  const key = typeof next === 'string' ? `: --after ${next}` : '';
  const follows = more > 0 ? [style.paint('dim', `… ${more} more${key}`)] : [];
  return [...others, list, ...follows].join('\n');
}

const isRows = (value: unknown): value is readonly Row[] => Array.isArray(value) && value.every(isRecord);

function listText(items: readonly unknown[], noun: string, style: OutputStyle): string {
  if (items.length === 0) return style.paint('dim', noun === '' ? 'Nothing.' : `No ${noun} here.`);
  return isRows(items) ? tableText(items, style.columns, style.paint) : items.map(cellText).join('\n');
}

/** One thing: short fields aligned, then lists, then texts of several lines, each under its name. */
function blockText(row: Row, style: OutputStyle): string {
  const entries = Object.entries(row).filter(([, value]) => !isEmpty(value) && !isEmptyPage(value));
  const isLong = (value: unknown) => typeof value === 'string' && value.includes('\n');
  const isList = (value: unknown) => isPage(value) || (isRows(value) && value.length > 0);
  const short = entries.filter(([, value]) => !isLong(value) && !isList(value) && !isRecord(value));
  const nested = entries.filter(([, value]) => isList(value) || (isRecord(value) && !isPage(value)));
  const long = entries.filter(([, value]) => isLong(value));
  const margin = Math.max(0, ...short.map(([key]) => width(label(key))));
  const { paint } = style;
  return [
    short
      .map(
        ([key, value]) => `${paint('dim', pad(label(key), margin))}  ${paintStatus(paint, cellText(value))}`,
      )
      .join('\n'),
    ...nested.map(
      ([key, value]) =>
        `${paint('bold', label(key))}\n${indent(bodyText(value, label(key), narrower(style)))}`,
    ),
    ...long.map(([key, value]) => `${paint('bold', label(key))}\n${indent(String(value).trimEnd())}`),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const narrower = (style: OutputStyle): OutputStyle => ({
  ...style,
  columns: style.columns === null ? null : style.columns - 2,
});

const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
