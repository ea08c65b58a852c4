import type { OperationContext } from '../operation.ts';

/** A place after all accounts of the provider. */
export const nextOrder = ({ tables }: Pick<OperationContext, 'tables'>, provider: string): number =>
  tables.account.all({ provider }).reduce((most, { sortOrder }) => Math.max(most, sortOrder), 0) + 1;
