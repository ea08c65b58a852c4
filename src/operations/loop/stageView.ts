import { z } from 'zod';
import { millisecondsOf, type Instant } from '../../base/clock.ts';
import type { LoopId } from '../../domain/ids.ts';
import { attempt, stage, type Stage } from '../../domain/loop/loop.ts';
import type { OperationContext } from '../operation.ts';
import { attemptsOf } from './loopFacts.ts';

export const duration = z.number().nullable().describe('Milliseconds; until now where it still runs');

export const shownStage = stage
  .pick({
    id: true,
    position: true,
    name: true,
    role: true,
    status: true,
    verdict: true,
    summary: true,
    findings: true,
    notes: true,
    artifactId: true,
    startedAt: true,
    completedAt: true,
  })
  .extend({
    durationMs: duration,
    attempts: z.array(
      attempt
        .pick({ number: true, agentId: true, outcome: true, reason: true, verdict: true, exitCode: true })
        .extend({ agent: z.string().nullable().describe('Name of its agent'), durationMs: duration }),
    ),
  });

/** How long something took; until now where it has no end yet. */
export const lasted = ({ now }: OperationContext, from: Instant | null, to: Instant | null): number | null =>
  from === null ? null : millisecondsOf(to ?? now) - millisecondsOf(from);

/** How long a loop's agents were at work, in all its rounds; what waits for a person does not count. */
export const worked = (context: OperationContext, loop: LoopId): number =>
  context.tables.attempt
    .all({ loopId: loop })
    .reduce((sum, tried) => sum + (lasted(context, tried.startedAt, tried.endedAt) ?? 0), 0);

/** A stage with its attempts, as `loop.show` and `stage.show` give it. */
export const stageView = (context: OperationContext, one: Stage) => ({
  ...pick(one, [
    'id',
    'position',
    'name',
    'role',
    'status',
    'verdict',
    'summary',
    'findings',
    'notes',
    'artifactId',
    'startedAt',
    'completedAt',
  ]),
  durationMs: lasted(context, one.startedAt, one.completedAt),
  attempts: attemptsOf(context, one.id).map((tried) => ({
    ...pick(tried, ['number', 'agentId', 'outcome', 'reason', 'verdict', 'exitCode']),
    agent: tried.agentId === null ? null : (context.tables.agent.find(tried.agentId)?.name ?? null),
    durationMs: lasted(context, tried.startedAt, tried.endedAt),
  })),
});

/** The named fields of a row, as an output schema picked them. */
export function pick<T, K extends keyof T>(row: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, row[key]])) as unknown as Pick<T, K>;
}
