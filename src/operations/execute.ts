import type { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import type { Logger } from '../base/logger.ts';
import { Refused, expectOk, ok, refusalText, refuse, type Result } from '../base/result.ts';
import { permissionsOf, scopeOf, type Caller, type Scope, type Surface } from '../domain/caller.ts';
import type { Event } from '../domain/event/event.ts';
import type { RowChange, Tables, UnitOfWork } from '../domain/store.ts';
import type { Client } from './client.ts';
import type { Operation, Surroundings } from './operation.ts';

export interface ExecutorParts {
  readonly operations: readonly Operation[];
  readonly store: UnitOfWork;
  readonly surroundings: Surroundings;
  readonly clock: Clock;
  /** Milliseconds of a clock that never goes back, for durations. */
  readonly elapsed: () => number;
  readonly logger: Logger;
}

/** One call on its way through. */
interface Call {
  readonly caller: Caller;
  readonly surface: Surface;
  readonly operation: Operation;
  readonly parsed: unknown;
  readonly started: number;
  readonly requestId: string | undefined;
}

/** The one way in: everything that is common to all operations happens here, once. */
export interface Executor extends Disposable {
  /** A write with a `requestId` that was seen before returns what it returned then and does nothing. */
  execute(
    caller: Caller,
    surface: Surface,
    id: string,
    input: unknown,
    requestId?: string,
  ): Promise<Result<unknown>>;
  /** Whether a write of this caller was done under this request id. */
  remembers(caller: Caller, requestId: string): boolean;
  /** Committed events that the caller reaches, in order. */
  subscribe(caller: Caller, listener: (events: readonly Event[]) => void): Disposable;
  clientFor(caller: Caller, surface: Surface): Client;
  find(id: string): Operation | undefined;
}

export function createExecutor(parts: ExecutorParts): Executor {
  const { store, surroundings, clock, elapsed, logger } = parts;
  const byId = new Map(parts.operations.map((operation) => [operation.id, operation]));
  const owned = new DisposableStore();
  const committed = owned.add(
    new Emitter<readonly Event[]>((error) => logger.log('error', 'a change listener failed', { error })),
  );

  async function execute(
    caller: Caller,
    surface: Surface,
    id: string,
    input: unknown,
    requestId?: string,
  ): Promise<Result<unknown>> {
    const started = elapsed();
    const prepared = prepare(caller, id, input);
    const result = prepared.ok
      ? await run({ caller, surface, started, requestId, ...prepared.value })
      : prepared;
    const ms = round(elapsed() - started);
    if (result.ok) logger.log('debug', id, { caller: caller.name, surface, ms });
    else {
      const why = refusalText(result.refusal);
      logger.log('info', `${id} refused`, { caller: caller.name, surface, ms, why });
    }
    return result;
  }

  function prepare(
    caller: Caller,
    id: string,
    input: unknown,
  ): Result<{ operation: Operation; parsed: unknown }> {
    const operation = byId.get(id);
    if (operation === undefined) return unknownOperation(id, [...byId.keys()]);
    if (!permissionsOf(caller).includes(operation.permission)) return notAllowed(operation, caller);
    const parsed = parseInput(operation, input);
    return parsed.ok ? ok({ operation, parsed: parsed.value }) : parsed;
  }

  async function run(call: Call): Promise<Result<unknown>> {
    const scope = scopeOf(call.caller);
    try {
      if (call.operation.effect === 'read') return ok(store.read(scope, (tables) => valueOf(call, tables)));
      const { value, events } = await store.write(scope, (tables, changes) => commit(call, tables, changes));
      if (events.length > 0) committed.fire(events);
      return ok(value);
    } catch (error) {
      if (error instanceof Refused) return { ok: false, refusal: error.refusal };
      throw error;
    }
  }

  /** Runs the operation and throws its refusal, which undoes the transaction. */
  function valueOf({ caller, operation, parsed }: Call, tables: Tables): unknown {
    const context = { ...surroundings, caller, now: clock.now(), tables };
    return expectOk(operation.run(context, parsed as never));
  }

  /** The operation, its trail and the memory of its request, in one transaction. */
  function commit(call: Call, tables: Tables, changes: readonly RowChange[]) {
    const { caller, surface, operation, started } = call;
    const key = call.requestId === undefined ? null : requestKey(caller, call.requestId);
    const known = key === null ? undefined : tables.request.find(key);
    if (known !== undefined) return { value: known.value, events: [] };
    const value = valueOf(call, tables);
    const time = clock.now();
    const by = { operation: operation.id, surface, callerKind: caller.kind, caller: caller.name };
    const durationMs = round(elapsed() - started);
    const events = changes.map((change) => tables.event.append({ ...by, time, durationMs, ...change }));
    if (key !== null) tables.request.remember(key, value ?? null, time);
    return { value, events };
  }

  function subscribe(caller: Caller, listener: (events: readonly Event[]) => void): Disposable {
    const scope = scopeOf(caller);
    return committed.event((events) => {
      const reached = events.filter((event) => reaches(scope, event));
      if (reached.length > 0) listener(reached);
    });
  }

  return {
    execute,
    subscribe,
    find: (id) => byId.get(id),
    remembers: (caller, requestId) =>
      store.read(
        scopeOf(caller),
        (tables) => tables.request.find(requestKey(caller, requestId)) !== undefined,
      ),
    clientFor: (caller, surface) => ({
      execute: (id, input) => execute(caller, surface, id, input) as never,
      executeNamed: (id, input) => execute(caller, surface, id, input),
      onDidChange: (listener) => subscribe(caller, listener),
    }),
    dispose: () => owned.dispose(),
  };
}

/** A request id is its caller's own: nobody reads another's result by guessing one. */
const requestKey = (caller: Caller, requestId: string): string => `${caller.name} ${requestId}`;

const round = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

const reaches = (scope: Scope, change: Pick<RowChange, 'projectId' | 'sessionId'>): boolean =>
  scope.kind === 'all' ||
  (change.projectId === null ? change.sessionId === scope.sessionId : change.projectId === scope.projectId);

function unknownOperation(id: string, known: readonly string[]): Result<never> {
  const [noun = ''] = id.split('.');
  const near = known.filter((other) => other.startsWith(`${noun}.`));
  return refuse(
    'invalid',
    `There is no operation ${id}.`,
    near.length > 0
      ? `Of ${noun} there are: ${near.join(', ')}.`
      : 'Search with sloop_find, or see `sloop help`.',
  );
}

function notAllowed(operation: Operation, caller: Caller): Result<never> {
  const who = caller.kind === 'agent' ? `An agent with ${caller.access} access` : `The ${caller.kind}`;
  const next =
    operation.permission === 'person'
      ? 'Ask the person to do it: message ask with recipient person.'
      : 'Use what your role allows; `sloop_find` lists it.';
  return refuse('forbidden', `${who} may not run ${operation.id}.`, next);
}

/** Parses input and explains what does not fit in words that an agent can act on. */
export function parseInput(operation: Operation, input: unknown): Result<unknown> {
  const fields = Object.keys(operation.input.shape);
  const given = input ?? {};
  if (typeof given === 'object' && !Array.isArray(given)) {
    const unknown = Object.keys(given).filter((name) => !fields.includes(name));
    if (unknown.length > 0)
      return refuse(
        'invalid',
        `${operation.id} has no field ${unknown.join(', ')}.`,
        fields.length === 0 ? 'It takes no fields.' : `Its fields are: ${fields.join(', ')}.`,
      );
  }
  const parsed = operation.input.safeParse(given);
  if (parsed.success) return { ok: true, value: parsed.data };
  return refuse(
    'invalid',
    `${operation.id}: ${issueText(parsed.error)}`,
    `Its fields are: ${fields.join(', ')}.`,
  );
}

const issueText = (error: z.ZodError): string =>
  error.issues
    .map((issue) => (issue.path.length === 0 ? issue.message : `${issue.path.join('.')} ${issue.message}`))
    .join('; ');
