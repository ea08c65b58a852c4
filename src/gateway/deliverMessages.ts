import type { Logger } from '../base/logger.ts';
import type { OperationId, OutputOf } from '../operations/client.ts';
import type { Executor } from '../operations/execute.ts';
import type { Identity } from './authenticate.ts';
import type { ExecuteReply } from './wire.ts';

export interface AnsweredCall {
  readonly identity: Identity;
  readonly requestId: string | undefined;
  /** The operation that was answered; undefined where the call was none. */
  readonly operation: string | undefined;
  readonly reply?: ExecuteReply | undefined;
}

type Shown = { readonly [Id in OperationId]?: (value: OutputOf<Id>) => readonly string[] };

/** Messages that an answer shows by itself. */
const shown: Shown = {
  'message.ask': ({ id }) => [id],
  'message.show': ({ id }) => [id],
  'message.listen': ({ question }) => (question === null ? [] : [question.id]),
  'message.thread': ({ items }) => items.map(({ id }) => id),
};

/** Who reads messages with these is given no others beside them. `context` hands them over by itself. */
const readers: readonly string[] = [
  'message.listen',
  'message.show',
  'message.thread',
  'message.inbox',
  'message.read',
  'context',
];

/**
 * What waits for an agent, to be put beside the answer of any call that it makes; null: nothing. Each message goes
 * out once over all channels. A call that is repeated because its answer was lost gets the same ones again.
 */
export async function messagesBeside(
  { executor, logger }: { readonly executor: Executor; readonly logger: Logger },
  { identity: { caller, surface }, requestId, operation, reply }: AnsweredCall,
): Promise<string | null> {
  if (caller.kind !== 'agent') return null;
  try {
    const key = requestId === undefined ? undefined : `${requestId}-messages`;
    const isRepeated = key !== undefined && executor.remembers(caller, key);
    const due = isRepeated || (await executor.clientFor(caller, surface).execute('message.due', {}));
    if (due !== true && !(due.ok && due.value.due)) return null;
    const input = {
      told: operation === undefined ? [] : shownIn(operation, reply),
      take: operation === undefined || !readers.includes(operation),
    };
    if (!input.take && input.told.length === 0) return null;
    const given = await executor.execute(caller, surface, 'message.deliver', input, key);
    return given.ok ? (given.value as OutputOf<'message.deliver'>).text : null;
  } catch (error) {
    // The call itself was answered; its answer must not be lost with them.
    logger.log('error', 'messages were not delivered', { caller: caller.name, error });
    return null;
  }
}

function shownIn(operation: string, reply: ExecuteReply | undefined): readonly string[] {
  if (reply?.ok !== true) return [];
  const read = shown[operation as OperationId] as ((value: unknown) => readonly string[]) | undefined;
  return read?.(reply.value) ?? [];
}
