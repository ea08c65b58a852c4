import type { z } from 'zod';
import type { Disposable } from '../base/disposables.ts';
import type { Result } from '../base/result.ts';
import type { Event } from '../domain/event/event.ts';
import type { operations } from './all.ts';

type AnyOperation = (typeof operations)[number];

/** Id of an operation in the table. */
export type OperationId = AnyOperation['id'];

type OperationOf<Id extends OperationId> = Extract<AnyOperation, { readonly id: Id }>;

/** What an operation takes, before defaults are filled in. */
export type InputOf<Id extends OperationId> = z.input<OperationOf<Id>['input']>;

/** What an operation returns. */
export type OutputOf<Id extends OperationId> = z.output<OperationOf<Id>['output']>;

/**
 * The one seam between Sloop and whoever uses it: trees, webviews, commands, CLI, MCP and the engine.
 * Who calls is never an argument: the host derives it from the connection.
 */
export interface Client {
  execute<Id extends OperationId>(id: Id, input: InputOf<Id>): Promise<Result<OutputOf<Id>>>;
  /** For surfaces that know an operation by its name only. */
  executeNamed(id: string, input: unknown): Promise<Result<unknown>>;
  /** Committed changes within the caller's reach, in order, in batches. */
  onDidChange(listener: (events: readonly Event[]) => void): Disposable;
}
