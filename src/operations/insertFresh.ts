import { refuseNow } from '../base/result.ts';
import type { Noun } from '../domain/ids.ts';
import type { Table } from '../domain/store.ts';
import type { OperationContext } from './operation.ts';

/** Inserts a row under a new id and returns it. Ids are short enough to be typed, so a taken one is tried again. */
export function insertFresh<T extends { readonly id: string }>(
  context: Pick<OperationContext, 'ids'>,
  table: Table<T>,
  noun: Noun,
  fields: Omit<T, 'id'>,
): T {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const row = { ...fields, id: context.ids.next(noun) } as unknown as T;
    if (table.isTaken(row.id)) continue;
    table.insert(row);
    return row;
  }
  return refuseNow(
    'unavailable',
    `No free id for a ${noun} after 8 tries.`,
    'Report this: it should never happen.',
  );
}
