import { initTRPC, tracked, TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Logger } from '../base/logger.ts';
import { windowOf } from '../domain/caller.ts';
import type { Executor } from '../operations/execute.ts';
import type { Identity } from './authenticate.ts';
import { changesSince, type ChangesParts } from './changes.ts';
import { asFault, Fault } from './faults.ts';
import { messagesBeside } from './deliverMessages.ts';
import type { PresentWindows } from './presentWindows.ts';
import { executeWaiting, WaitAbandoned, type WaitTable } from './waiting.ts';
import { longestWaitSeconds, type ExecuteReply } from './wire.ts';

/** What a request brings along. */
export interface RequestContext {
  readonly identity: Identity;
  readonly requestId: string | undefined;
  /** Ends when the caller goes or the gateway closes. */
  readonly signal: AbortSignal;
}

export interface RouterParts extends ChangesParts {
  readonly executor: Executor;
  readonly waits: WaitTable;
  readonly logger: Logger;
  readonly windows: PresentWindows;
}

const executeCall = z.object({
  operation: z.string().min(1).max(100),
  input: z.unknown().optional(),
  waitSeconds: z.number().min(0).max(longestWaitSeconds).optional(),
  messages: z.boolean().optional(),
});

/** `lastEventId` is what an EventSource that comes back sends by itself. */
const changesCall = z
  .object({
    since: z.number().int().nonnegative().optional(),
    lastEventId: z.string().regex(/^\d+$/).optional(),
  })
  .optional();

/** Two procedures for all operations: `execute` runs one, `changes` tells of what was committed. */
export function createRouter(parts: RouterParts) {
  const { executor, waits, logger, windows } = parts;
  const t = initTRPC.context<RequestContext>().create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      data: { ...shape.data, reference: error.cause instanceof Fault ? error.cause.reference : null },
    }),
  });

  return t.router({
    execute: t.procedure
      .input(executeCall)
      .mutation(async ({ ctx, input, signal }): Promise<ExecuteReply> => {
        const { caller, surface } = ctx.identity;
        try {
          const reply = await executeWaiting(
            executor.clientFor(caller, surface),
            waits,
            {
              operation: input.operation,
              input: input.input,
              seconds: input.waitSeconds ?? 0,
              signal: signal === undefined ? ctx.signal : AbortSignal.any([signal, ctx.signal]),
            },
            () => executor.execute(caller, surface, input.operation, input.input, ctx.requestId),
          );
          if (input.messages !== true) return reply;
          const messages = await messagesBeside(parts, { ...ctx, operation: input.operation, reply });
          return messages === null ? reply : { ...reply, messages };
        } catch (error) {
          if (error instanceof WaitAbandoned)
            throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'This host is closing.' });
          const fault = asFault(logger, input.operation, error);
          throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: fault.message, cause: fault });
        }
      }),

    changes: t.procedure.input(changesCall).subscription(async function* ({ ctx, input, signal }) {
      const since = input?.lastEventId === undefined ? input?.since : Number(input.lastEventId);
      const ended = signal === undefined ? ctx.signal : AbortSignal.any([signal, ctx.signal]);
      const { caller } = ctx.identity;
      const window = windowOf(caller);
      const present = window === null ? null : windows.enter(window);
      try {
        for await (const batch of changesSince(parts, caller, since, ended))
          yield tracked(String(batch.sequence), batch.events);
      } finally {
        present?.dispose();
      }
    }),
  });
}

/** For typed tRPC clients. */
export type GatewayRouter = ReturnType<typeof createRouter>;
