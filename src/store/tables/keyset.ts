import { refuseNow } from '../../base/result.ts';
import { always, type Condition } from './conditions.ts';
import type { SqlValue } from './rowCodec.ts';

/**
 * Paging by key: the next page starts after the last row's own values, so rows that come or go meanwhile
 * neither repeat nor hide others, and a far page costs what the first one does.
 */
export interface Order {
  /** Columns (SQL), all in one direction; the last makes the order total. */
  readonly columns: readonly string[];
  readonly direction: 'asc' | 'desc';
}

export const orderBy = ({ columns, direction }: Order): string =>
  columns.map((column) => `${column} ${direction}`).join(', ');

export const encodeKey = (values: readonly SqlValue[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

export function after(order: Order, key: string | undefined): Condition {
  if (key === undefined) return always;
  const values = decodeKey(key, order.columns.length);
  const sign = order.direction === 'asc' ? '>' : '<';
  return { sql: `(${order.columns.join(', ')}) ${sign} (${values.map(() => '?').join(', ')})`, values };
}

function decodeKey(key: string, length: number): SqlValue[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(key, 'base64url').toString());
    if (Array.isArray(values) && values.length === length && values.every(isKeyPart)) return values;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return refuseNow(
    'invalid',
    '`after` is not a key that a list returned.',
    'Pass the `next` of the page before, unchanged.',
  );
}

const isKeyPart = (value: unknown): value is SqlValue =>
  typeof value === 'string' || typeof value === 'number';
