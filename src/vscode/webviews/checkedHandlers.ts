import { z } from 'zod';
import type { Logger } from '../../base/logger.ts';
import type { Result } from '../../base/result.ts';
import type { Client, OperationId } from '../../operations/client.ts';
import type { Handlers } from '../../protocol/rpc.ts';

type ArgumentOf<F> = F extends (argument: infer A) => unknown ? A : never;
type AnswerOf<F> = F extends (argument: never) => infer R ? R : never;

/** One thing that a webview may ask: what its argument must look like, and what is done. */
export interface CheckedHandler<Argument, Answer> {
  readonly argument: z.ZodType<Argument>;
  readonly run: (argument: Argument) => Answer | Promise<Awaited<Answer>>;
}

/** A handler with its schema for every call that the view's protocol names; one left out does not compile. */
export type CheckedHandlers<Calls extends Handlers> = {
  readonly [Name in keyof Calls]: CheckedHandler<ArgumentOf<Calls[Name]>, AnswerOf<Calls[Name]>>;
};

/** A webview is not trusted: what it sends is parsed before anything is done with it. */
export function checked<Calls extends Handlers>(handlers: CheckedHandlers<Calls>): Handlers {
  const entries = Object.entries<CheckedHandler<unknown, unknown>>(handlers as never);
  return Object.fromEntries(
    entries.map(([name, { argument, run }]) => [
      name,
      // Not async: what does not parse is a fault of the call, told to the asker by the rpc.
      (given: unknown) => run(argument.parse(given)),
    ]),
  );
}

/** Passes on the listed operations and no other; their input is parsed by the operation, as for every caller. */
export const executeHandler = <Id extends OperationId>(
  client: Client,
  operations: readonly [Id, ...Id[]],
): CheckedHandler<{ readonly operation: Id; readonly input: unknown }, Promise<Result<unknown>>> => ({
  argument: z.strictObject({ operation: z.enum(operations), input: z.unknown() }),
  run: ({ operation, input }) => client.executeNamed(operation, input),
});

/** For calls without an argument. */
export const noArgument: z.ZodType<null> = z.null();

/** What went wrong in the view goes to Sloop's log. */
export const reportHandler = (logger: Logger): CheckedHandler<{ readonly message: string }, void> => ({
  argument: z.strictObject({ message: z.string().max(4000) }),
  run: ({ message }) => logger.log('error', 'a view failed', { message }),
});
