import { performance } from 'node:perf_hooks';
import { agentNames } from '../../src/agents/agentNames.ts';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { expectOk } from '../../src/base/result.ts';
import type { PersonCaller } from '../../src/domain/caller.ts';
import { usualLimits } from '../../src/domain/dispatch/limits.ts';
import type { SessionId } from '../../src/domain/ids.ts';
import { randomIds, randomTokens } from '../../src/host/ids.ts';
import { operations } from '../../src/operations/all.ts';
import type { InputOf, OperationId, OutputOf } from '../../src/operations/client.ts';
import { createExecutor } from '../../src/operations/execute.ts';
import { GroupCommit } from '../../src/store/groupCommit.ts';
import { LogTable } from '../../src/store/logTable.ts';
import { logMigrations } from '../../src/store/migrations.ts';
import type { Store } from '../../src/store/openStore.ts';
import type { Database } from '../../src/store/sqlite/database.ts';
import { createUnitOfWork } from '../../src/store/unitOfWork.ts';
import type { Engine, Yardstick } from './engine.ts';

/** The person of the data set. */
export const person: PersonCaller = {
  kind: 'person',
  name: 'person',
  sessionId: 'session00001' as SessionId,
};

export type Run = <Id extends OperationId>(id: Id, input: InputOf<Id>) => Promise<OutputOf<Id>>;

/** Operations as a host runs them, over an open store; nothing but the gateway and the engine is left out. */
export function executorOver(store: Pick<Store, 'main' | 'logs' | 'write' | 'read'>): Run {
  const logs = new LogTable(store.logs);
  const executor = createExecutor({
    operations,
    store: createUnitOfWork(store as Store, logs, silentLogger),
    surroundings: {
      ids: randomIds,
      names: agentNames,
      tokens: randomTokens,
      roles: { list: () => [], find: () => undefined, problems: () => [] },
      loops: { list: () => [], find: () => undefined, problems: () => [] },
      providers: { list: () => [], accounts: () => undefined },
      probe: { inspect: () => ({ kind: 'absent' }), tipOf: () => null },
      logs,
      workspaceRoot: '/',
      folders: { worktrees: '/worktrees', repositories: '/repositories' },
      limits: usualLimits,
    },
    clock: systemClock,
    elapsed: () => performance.now(),
    logger: silentLogger,
  });
  const client = executor.clientFor(person, 'cli');
  return async (id, input) => expectOk(await client.execute(id, input));
}

/** The same operations over a native SQLite: the store's tables do not know what is beneath them. */
export function executorOverNative(native: Engine, yardstick: Extract<Yardstick, { open: unknown }>): Run {
  const main = native as Database;
  const logs = yardstick.open(':memory:') as Database;
  for (const { sql } of logMigrations) logs.exec(sql);
  const commits = new GroupCommit(main);
  return executorOver({
    main,
    logs,
    write: (job) => commits.write(job),
    read: (job) => commits.read(job),
  });
}
