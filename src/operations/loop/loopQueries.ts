import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { millisecondsOf, type Instant } from '../../base/clock.ts';
import { loopId } from '../../domain/ids.ts';
import { loopDefinition } from '../../domain/loop/definition.ts';
import { findingKey } from '../../domain/loop/findings.ts';
import { budgetLeft } from '../../domain/loop/limits.ts';
import { finding, iteration, loop, loopStatuses, type Iteration } from '../../domain/loop/loop.ts';
import { page, pageOf } from '../../domain/page.ts';
import { chosenProject, mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { loopCost, roundsOf, stagesOf } from './loopFacts.ts';
import { loopLine, toLoopLine } from './loopLine.ts';
import { duration, lasted, pick, shownStage, stageView, worked } from './stageView.ts';

export const listDefinitions = defineOperation({
  id: 'loop.definitions',
  title: 'List loop definitions',
  summary: 'Lists what loops can be started, with their parameters and roles.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({}),
  output: z.object({
    definitions: z.array(
      loopDefinition.pick({ name: true, description: true, parameters: true, maxIterations: true }).extend({
        roles: z.array(z.string()),
        endsBy: z.string(),
      }),
    ),
    problems: z.array(z.string()).describe('Files that could not be read'),
  }),
  run: ({ loops }) =>
    ok({
      definitions: loops
        .list()
        .map(({ name, description, parameters, maxIterations, roles, termination }) => ({
          name,
          description,
          parameters,
          maxIterations,
          roles: roles.map(({ role }) => role),
          endsBy: termination.type,
        })),
      problems: [...loops.problems()],
    }),
});

export const listLoops = defineOperation({
  id: 'loop.list',
  title: 'List loops',
  summary: 'Lists loops, newest first, of every status unless one is named.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({
    project: z.string().optional().describe('Project id or slug; the active project when left out'),
    status: z.array(z.enum(loopStatuses)).optional().describe('Only these statuses'),
    ...page,
  }),
  output: pageOf(loopLine),
  run(context, input) {
    const projectId = chosenProject(context, input.project) ?? undefined;
    const list = context.tables.loop.list({ projectId, status: input.status }, input);
    return ok({ ...list, items: list.items.map(toLoopLine) });
  },
});

const shownRound = iteration
  .pick({ number: true, status: true, outcome: true, sprintId: true, startedAt: true, completedAt: true })
  .extend({
    durationMs: duration,
    stages: z.array(
      shownStage.extend({
        findings: z.array(
          finding.extend({ key: z.string().describe('The same in each round that raised it') }),
        ),
      }),
    ),
  });

export const showLoop = defineOperation({
  id: 'loop.show',
  title: 'Show a loop',
  summary:
    'Shows a loop with its newest rounds, their stages, attempts, verdicts and findings, and limits left.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['loop'],
  input: z.object({
    loop: loopId,
    rounds: z.number().int().min(1).max(1000).default(5).describe('How many of the newest rounds to show'),
  }),
  output: loop.omit({ frozen: true, window: true }).extend({
    roles: z.array(z.string()).describe('Names of its stages, in order'),
    gates: z.array(z.string()).describe("Names of those stages that wait for a person's review"),
    endsBy: z.string().describe('Its termination: verdict, goal or rounds'),
    costUsd: z.number(),
    durationMs: duration,
    workedMs: z.number().describe('How long its agents were at work, in all'),
    roundsLeft: z.number().int(),
    budgetLeftUsd: z.number().nullable(),
    timeLeftMs: z.number().nullable(),
    earlierRounds: z.number().int().describe('How many older rounds are not shown'),
    rounds: z.array(shownRound),
  }),
  run(context, input) {
    const { frozen, window: _window, ...found } = mustFind(context.tables.loop, 'loop', input.loop);
    const all = roundsOf(context, found.id);
    const shown = all.slice(-input.rounds);
    const costUsd = loopCost(context, found.id);
    const { deadline } = found;
    const left = (until: Instant) => Math.max(0, millisecondsOf(until) - millisecondsOf(context.now));
    return ok({
      ...found,
      roles: frozen.roles.map(({ name }) => name),
      gates: frozen.roles.filter(({ gate }) => gate === 'person').map(({ name }) => name),
      endsBy: frozen.termination.type,
      costUsd,
      durationMs: lasted(context, found.startedAt, found.completedAt),
      workedMs: worked(context, found.id),
      roundsLeft: Math.max(0, found.maxIterations - found.round),
      budgetLeftUsd: budgetLeft(found, costUsd),
      timeLeftMs: deadline === null ? null : left(deadline),
      earlierRounds: all.length - shown.length,
      rounds: shown.map((round) => showRound(context, round)),
    });
  },
});

const showRound = (context: OperationContext, round: Iteration) => ({
  ...pick(round, ['number', 'status', 'outcome', 'sprintId', 'startedAt', 'completedAt']),
  durationMs: lasted(context, round.startedAt, round.completedAt),
  stages: stagesOf(context, round).map((one) => ({
    ...stageView(context, one),
    findings: one.findings.map((found) => ({ ...found, key: findingKey(found) })),
  })),
});
