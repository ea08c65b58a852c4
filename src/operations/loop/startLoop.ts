import { z } from 'zod';
import { expectOk, ok, refuseNow } from '../../base/result.ts';
import type { LoopDefinition } from '../../domain/loop/definition.ts';
import { loop } from '../../domain/loop/loop.ts';
import { fillDefinition, resolveParameters } from '../../domain/loop/parameters.ts';
import type { ProjectId } from '../../domain/ids.ts';
import { instant } from '../../domain/instant.ts';
import { insertFresh } from '../insertFresh.ts';
import { windowOf } from '../../domain/caller.ts';
import { callerSession, chosenProject, mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { insertProject } from '../project/insertProject.ts';
import { insertSession } from '../session/insertSession.ts';
import { advanceLoop } from './advanceLoop.ts';
import { clipTitle } from './clip.ts';
import { loopLine, toLoopLine } from './loopLine.ts';

export const startLoop = defineOperation({
  id: 'loop.start',
  title: 'Start a loop',
  summary: 'Starts an automated run of a definition toward a goal; its first agent starts at once.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['definition', 'goal'],
  input: z.object({
    definition: z.string().describe('Name of a loop definition; see loop definitions'),
    goal: z
      .string()
      .trim()
      .min(1, 'must say what is to be reached')
      .max(10_000)
      .describe('What is to be reached, in words'),
    project: z
      .string()
      .optional()
      .describe('Project id or slug; else the active one, else a new one named after the goal'),
    parameters: z
      .array(z.string().regex(/^[a-z][a-z0-9_]*=/, 'takes name=value'))
      .default([])
      .describe('Parameters of the definition, each as name=value'),
    maxIterations: loop.shape.maxIterations.max(100).optional().describe('Most rounds'),
    deadline: instant.optional().describe('No stage starts after this moment'),
    budgetUsd: z.number().positive().optional().describe('No stage starts once this much is spent'),
    provider: z.string().optional().describe("Provider for every stage; else each role's own"),
    model: z.string().optional().describe("Model for every stage; else each role's own"),
    script: z.string().optional().describe('File that the provider script plays'),
  }),
  output: loopLine,
  run(context, input) {
    refuseNesting(context);
    const definition = definitionOf(context, input.definition);
    const parameters = expectOk(resolveParameters(definition, pairsOf(input.parameters)));
    if (input.deadline !== undefined && input.deadline <= context.now)
      refuseNow('invalid', `The deadline ${input.deadline} has passed.`, 'Give a later one, or none.');
    const projectId = projectFor(context, input.project, input.goal);
    const session = insertSession(context, {
      title: clipTitle(input.goal),
      origin: 'loop',
      parentId: callerSession(context.caller),
      projectId,
    });
    const row = insertFresh(context, context.tables.loop, 'loop', {
      definition: definition.name,
      frozen: freeze(context, fillDefinition(definition, { ...parameters, goal: input.goal })),
      parameters,
      goal: input.goal,
      sessionId: session.id,
      projectId,
      status: 'running',
      blockReason: null,
      outcome: null,
      failure: null,
      round: 0,
      maxIterations: input.maxIterations ?? definition.maxIterations,
      deadline: input.deadline ?? null,
      budgetUsd: input.budgetUsd ?? null,
      provider: input.provider ?? null,
      model: input.model ?? null,
      script: input.script ?? null,
      window: windowOf(context.caller),
      startedBy: context.caller.name,
      startedAt: context.now,
      completedAt: null,
      updatedAt: context.now,
    });
    return ok(toLoopLine(advanceLoop(context, row.id)));
  },
});

/** A stage that starts loops of its own could not be bounded by its loop's limits. */
function refuseNesting({ caller }: OperationContext): void {
  if (caller.kind === 'agent' && caller.loopId !== null)
    refuseNow(
      'forbidden',
      'An agent of a loop may not start another loop.',
      'Do your stage yourself, or say in its summary that another loop is needed.',
    );
}

function definitionOf({ loops, roles }: OperationContext, name: string): LoopDefinition {
  const known = loops.list().map((one) => one.name);
  const found =
    loops.find(name) ??
    refuseNow('missing', `There is no loop definition ${name}.`, `There are: ${known.join(', ')}.`);
  const unknown = [...new Set(found.roles.map(({ role }) => role))].filter(
    (role) => roles.find(role) === undefined,
  );
  if (unknown.length > 0)
    refuseNow(
      'missing',
      `Loop definition ${name} names roles that do not exist: ${unknown.join(', ')}.`,
      `Roles are: ${roles
        .list()
        .map((role) => role.name)
        .join(', ')}. Others go into .sloop/roles/.`,
    );
  return found;
}

function pairsOf(pairs: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (Object.hasOwn(values, name))
      refuseNow('invalid', `Parameter ${name} is given twice.`, 'Give each parameter once.');
    values[name] = pair.slice(at + 1);
  }
  return values;
}

/** The definition as this loop keeps it. A role's own gate is part of it, so that editing files changes no running loop. */
const freeze = ({ roles }: OperationContext, definition: LoopDefinition): LoopDefinition => ({
  ...definition,
  roles: definition.roles.map((one) => ({ ...one, gate: one.gate ?? roles.find(one.role)?.gate ?? null })),
});

function projectFor(context: OperationContext, ref: string | undefined, goal: string): ProjectId {
  const chosen = chosenProject(context, ref);
  if (chosen === null) {
    if (context.caller.kind === 'agent')
      refuseNow(
        'invalid',
        'You work in no project, and an agent reaches only rows of its own.',
        'Ask the person to start the loop: sloop ask --to person.',
      );
    return insertProject(context, { title: clipTitle(goal) }).id;
  }
  const project = mustFind(context.tables.project, 'project', chosen);
  if (project.status !== 'active')
    refuseNow(
      'conflict',
      `Project ${project.slug} is ${project.status}.`,
      'Make it active again, or name another project.',
    );
  return chosen;
}
