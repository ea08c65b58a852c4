import { engineGroup } from './groups/engineGroup.ts';
import { operationGroup } from './groups/operationGroup.ts';
import { queryGroup } from './groups/queryGroup.ts';
import type { Row } from './row.ts';

export interface Group {
  readonly name: string;
  readonly about: string;
  readonly run: () => Promise<readonly Row[]>;
}

/** In the order of the table. */
export const groups: readonly Group[] = [engineGroup, operationGroup, queryGroup];
