import { instantOf, type Clock, type Instant } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { Result } from '../../src/base/result.ts';
import type { AccountRules } from '../../src/domain/account/account.ts';
import type { AgentCaller, Caller, PersonCaller } from '../../src/domain/caller.ts';
import { usualLimits } from '../../src/domain/dispatch/limits.ts';
import { idLength, type AgentId, type Noun, type SessionId } from '../../src/domain/ids.ts';
import type { LoopCatalog, LoopDefinition } from '../../src/domain/loop/definition.ts';
import type { FoundRepository } from '../../src/domain/repository/repository.ts';
import type { Role, RoleCatalog } from '../../src/domain/role/role.ts';
import type { Tables, UnitOfWork } from '../../src/domain/store.ts';
import { operations } from '../../src/operations/all.ts';
import type { InputOf, OperationId, OutputOf } from '../../src/operations/client.ts';
import { createExecutor, type Executor } from '../../src/operations/execute.ts';
import type { Operation, Surroundings } from '../../src/operations/operation.ts';
import { LogTable } from '../../src/store/logTable.ts';
import { logMigrations, migrations } from '../../src/store/migrations.ts';
import type { Store } from '../../src/store/openStore.ts';
import { createUnitOfWork } from '../../src/store/unitOfWork.ts';
import { MemoryDatabase } from './memoryDatabase.ts';

/** A clock that stands still until it is stepped. */
export class SteppedClock implements Clock {
  #milliseconds = Date.parse('2026-01-05T12:00:00.000Z');
  now(): Instant {
    return instantOf(this.#milliseconds);
  }
  step(milliseconds: number): Instant {
    this.#milliseconds += milliseconds;
    return this.now();
  }
}

export interface TestHost {
  readonly executor: Executor;
  readonly store: UnitOfWork;
  readonly clock: SteppedClock;
  readonly person: PersonCaller;
  readonly logs: LogTable;
  readonly database: MemoryDatabase;
  /** Runs an operation as the person and returns its value; a refusal throws with its text. */
  run<Id extends OperationId>(id: Id, input: InputOf<Id>): Promise<OutputOf<Id>>;
  /** Runs an operation as anyone and returns the result as it is. */
  as<Id extends OperationId>(caller: Caller, id: Id, input: InputOf<Id>): Promise<Result<OutputOf<Id>>>;
  /** Looks at (or prepares) rows directly, without an operation. */
  tables<T>(job: (tables: Tables) => T): Promise<T>;
  dispose(): void;
}

export interface TestHostOptions {
  readonly roles?: readonly Role[];
  readonly loops?: readonly LoopDefinition[];
  readonly surroundings?: Partial<Surroundings>;
  readonly extraOperations?: readonly Operation[];
  /** What `repository.register` finds at a path. */
  readonly repositories?: Readonly<Record<string, FoundRepository>>;
  /** Where branches stand, by `path branch`; may be changed as a test goes on. */
  readonly branches?: Readonly<Record<string, string>>;
}

const roleCatalog = (roles: readonly Role[]): RoleCatalog => ({
  list: () => roles,
  find: (name) => roles.find((role) => role.name === name),
  problems: () => [],
});

const loopCatalog = (loops: readonly LoopDefinition[]): LoopCatalog => ({
  list: () => loops,
  find: (name) => loops.find((loop) => loop.name === name),
  problems: () => [],
});

/** Readable ids in order: todo00001, agent0000001, … */
function countingIds() {
  const counts = new Map<Noun, number>();
  return {
    next(noun: Noun) {
      const count = (counts.get(noun) ?? 0) + 1;
      counts.set(noun, count);
      const digits = idLength(noun) - Math.min(noun.length, idLength(noun) - 4);
      return `${noun.slice(0, idLength(noun) - digits)}${String(count).padStart(digits, '0')}`;
    },
  };
}

function countingNames() {
  let count = 0;
  return { next: () => `brave-otter-${(count += 1)}` };
}

function countingTokens() {
  let count = 0;
  return {
    next() {
      count += 1;
      return { token: `token-${count}`, hash: `hash-${count}` };
    },
  };
}

const accountRules: Readonly<Record<string, AccountRules>> = {
  script: { variables: ['SCRIPT_API_KEY'], folderVariable: 'SCRIPT_CONFIG_DIR', resumesAcrossAccounts: true },
  command: { variables: [], resumesAcrossAccounts: false },
  claude: {
    variables: ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN'],
    folderVariable: 'CLAUDE_CONFIG_DIR',
    resumesAcrossAccounts: true,
  },
  codex: { variables: ['CODEX_API_KEY'], folderVariable: 'CODEX_HOME', resumesAcrossAccounts: false },
};

/** The executor over real SQL in memory, with counted ids and a stepped clock. */
export async function createTestHost(options: TestHostOptions = {}): Promise<TestHost> {
  const database = await MemoryDatabase.open(migrations.map((migration) => migration.sql));
  const logDatabase = await MemoryDatabase.open(logMigrations.map((migration) => migration.sql));
  const logs = new LogTable(logDatabase as never);
  const store: Pick<Store, 'main' | 'write' | 'read'> = {
    main: database as never,
    write: (job) => Promise.resolve().then(() => database.transaction(job)),
    read: (job) => job(),
  };
  const unitOfWork = createUnitOfWork(store as Store, logs, silentLogger);
  const clock = new SteppedClock();
  const surroundings: Surroundings = {
    ids: countingIds(),
    names: countingNames(),
    tokens: countingTokens(),
    roles: roleCatalog(options.roles ?? []),
    loops: loopCatalog(options.loops ?? []),
    providers: {
      list: () => ['script', 'command', 'claude', 'codex'],
      accounts: (provider) => accountRules[provider],
    },
    probe: {
      inspect: (path) => options.repositories?.[path] ?? { kind: 'absent' },
      tipOf: (path, branch) => options.branches?.[`${path} ${branch}`] ?? null,
    },
    logs,
    workspaceRoot: '/workspace',
    folders: { worktrees: '/worktrees', repositories: '/repositories' },
    limits: usualLimits,
    ...options.surroundings,
  };
  const executor = createExecutor({
    operations: [...operations, ...(options.extraOperations ?? [])],
    store: unitOfWork,
    surroundings,
    clock,
    elapsed: () => 0,
    logger: silentLogger,
  });
  const person: PersonCaller = { kind: 'person', name: 'person', sessionId: null };
  const as: TestHost['as'] = async (caller, id, input) => {
    const result = await executor.execute(caller, 'cli', id, input);
    const operation = executor.find(id);
    // What an operation returns must be what it says it returns; only tests pay for looking.
    if (result.ok && operation !== undefined) operation.output.parse(result.value);
    return result as never;
  };
  return {
    executor,
    store: unitOfWork,
    clock,
    person,
    logs,
    database,
    as,
    async run(id, input) {
      const result = await as(person, id, input);
      if (result.ok) return result.value;
      throw new Error(`${id}: ${result.refusal.message} ${result.refusal.next}`);
    },
    tables: (job) => unitOfWork.write({ kind: 'all' }, (tables) => job(tables)),
    dispose() {
      executor.dispose();
      database.close();
      logDatabase.close();
    },
  };
}

/** A caller that is an agent, with whatever the test does not mention left empty. */
export const anAgentCaller = (fields: Partial<AgentCaller> = {}): AgentCaller => ({
  kind: 'agent',
  name: 'calm-heron',
  agentId: 'agent0000099' as AgentId,
  role: 'coder',
  access: 'full',
  sessionId: 'session00099' as SessionId,
  projectId: null,
  sprintId: null,
  todoId: null,
  stageId: null,
  loopId: null,
  ...fields,
});

/** The refusal of a result that must be one. */
export function refusalOf(result: Result<unknown>) {
  if (result.ok) throw new Error(`expected a refusal, got ${JSON.stringify(result.value)}`);
  return result.refusal;
}
