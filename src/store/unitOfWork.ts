import type { Logger } from '../base/logger.ts';
import type { Scope } from '../domain/caller.ts';
import type { RowChange, Tables, UnitOfWork } from '../domain/store.ts';
import type { LogTable } from './logTable.ts';
import type { Store } from './openStore.ts';
import { createTables } from './tables/createTables.ts';
import { Reach } from './tables/reach.ts';

/** Transactions over the tables, and the agents' output that goes with them. */
export function createUnitOfWork(store: Store, logs: LogTable, logger: Logger): UnitOfWork {
  const reach = new Reach();
  const tables = createTables(store.main, reach);
  const within = <T>(scope: Scope, job: (tables: Tables, changes: readonly RowChange[]) => T): T => {
    const logged = logs.waiting;
    try {
      return reach.during(scope, (changes) => job(tables, changes));
    } catch (error) {
      logs.forgetSince(logged);
      throw error;
    }
  };
  return {
    async write(scope, job) {
      const value = await store.write(() => within(scope, job));
      // The rows are safe on the disk: saying anything else now would have the caller do it all again.
      try {
        logs.flush();
      } catch (error) {
        logger.log('error', "agents' output could not be written yet", { waiting: logs.waiting, error });
      }
      return value;
    },
    read: (scope, job) => store.read(() => within(scope, job)),
  };
}
