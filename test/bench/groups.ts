import { agentsGroup } from './groups/agentsGroup.ts';
import { cliGroup } from './groups/cliGroup.ts';
import { engineGroup } from './groups/engineGroup.ts';
import { gatewayGroup } from './groups/gatewayGroup.ts';
import { loopGroup } from './groups/loopGroup.ts';
import { openingGroup } from './groups/openingGroup.ts';
import { operationGroup } from './groups/operationGroup.ts';
import { queryGroup } from './groups/queryGroup.ts';
import { stallGroup } from './groups/stallGroup.ts';
import type { Row } from './row.ts';

export interface Group {
  readonly name: string;
  readonly about: string;
  readonly run: () => Promise<readonly Row[]>;
}

/** In the order of the table. */
export const groups: readonly Group[] = [
  engineGroup,
  operationGroup,
  queryGroup,
  openingGroup,
  stallGroup,
  cliGroup,
  gatewayGroup,
  loopGroup,
  agentsGroup,
];
