import { refuseNow } from '../base/result.ts';
import type { Noun } from '../domain/ids.ts';
import type { Table } from '../domain/store.ts';
import type { OperationContext } from './operation.ts';

/**
 * Inserts a row under a new id and returns it. Ids are short enough to be typed, so a taken one is tried again.
 * A row that mentions its own id is given as a function of it.
 */
export function insertFresh<T extends { readonly id: string }>(
  context: Pick<OperationContext, 'ids'>,
  table: Table<T>,
  noun: Noun,
  fields: Omit<T, 'id'> | ((id: T['id']) => Omit<T, 'id'>),
): T {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const id: T['id'] = context.ids.next(noun);
    if (table.isTaken(id)) continue;
    const row = { ...(typeof fields === 'function' ? fields(id) : fields), id } as unknown as T;
    table.insert(row);
    return row;
  }
  return refuseNow(
    'unavailable',
    `No free id for a ${noun} after 8 tries.`,
    'Report this: it should never happen.',
  );
}
