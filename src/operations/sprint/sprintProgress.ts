import { z } from 'zod';
import type { SprintId } from '../../domain/ids.ts';
import type { OperationContext } from '../operation.ts';

/** How far a sprint's todos are: done of all; cancelled ones are no work any more. */
export const sprintProgress = z.object({ done: z.number().int(), all: z.number().int() });

export function progressOf({ tables }: OperationContext, id: SprintId): z.output<typeof sprintProgress> {
  const cancelled = tables.todo.count({ sprintId: id, status: 'cancelled' });
  return {
    done: tables.todo.count({ sprintId: id, status: 'completed' }),
    all: tables.todo.count({ sprintId: id }) - cancelled,
  };
}
