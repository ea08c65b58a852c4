import { z } from 'zod';
import { idMeta } from '../../src/domain/ids.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { FilledProject } from './twoProjects.ts';

/** An input of an operation, and which of its fields point at a row of a project. */
export interface AimedInput {
  readonly aimed: readonly string[];
  readonly input: Readonly<Record<string, unknown>>;
}

type Type = z.core.$ZodType;

/** Texts that name rows in other ways than by an id of their own field. */
const byName: Readonly<Record<string, (at: FilledProject) => readonly unknown[]>> = {
  project: ({ names, ids }) => [names.project, ids.project],
  repository: ({ names, ids }) => [names.repository, ids.repository],
  repositories: ({ names }) => [[names.repository]],
  agent: ({ names, ids }) => [names.agent, ids.agent],
  agents: ({ names }) => [[names.agent]],
  to: ({ names, ids }) => [names.agent, `todo:${ids.todo}`, `sprint:${ids.sprint}`],
  entity: ({ ids }) => [ids.todo, ids.artifact],
  items: ({ ids }) => [[{ title: 'x', parent: ids.todo }], [{ title: 'x', dependsOn: [ids.todo] }]],
};

/** Words to look for. In operations that write, the same fields are free text. */
const searched: typeof byName = {
  assignee: ({ names }) => [names.agent],
  caller: ({ names }) => [names.agent],
  text: ({ mark }) => [mark],
};

/**
 * Inputs of an operation: one with what is required pointing `at` a project, then one for each field (and each way
 * to name a row in it) that points `away`, then one where all do.
 */
export function inputsFor(
  operation: Operation,
  at: FilledProject,
  away: FilledProject,
  preset: Readonly<Record<string, unknown>> = {},
): { readonly base: AimedInput; readonly aimed: readonly AimedInput[] } {
  const shape = operation.input.shape as Record<string, Type>;
  const base: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(shape)) {
    if (name in preset) base[name] = preset[name];
    else if (isRequired(type)) base[name] = waysToAim(operation, name, type, at)[0] ?? anyValue(type);
  }
  const aimed: AimedInput[] = [];
  const all: Record<string, unknown> = { ...base };
  for (const [name, type] of Object.entries(shape)) {
    const ways = waysToAim(operation, name, type, away);
    // Two ways to say the same are refused; the one by items has an input of its own.
    if (ways.length > 0 && name !== 'items') all[name] = ways[0];
    for (const way of ways) {
      const { title: _title, ...rest } = base;
      aimed.push({ aimed: [name], input: { ...(name === 'items' ? rest : base), [name]: way } });
    }
  }
  if (aimed.length > 1) aimed.push({ aimed: Object.keys(all), input: all });
  return { base: { aimed: [], input: base }, aimed };
}

function waysToAim(operation: Operation, name: string, schema: Type, at: FilledProject): readonly unknown[] {
  const type = bare(schema);
  const noun = idMeta.get(type)?.noun;
  if (noun !== undefined) return [at.ids[noun]];
  if (type instanceof z.ZodArray) {
    const ofElement = idMeta.get(bare(type.element))?.noun;
    if (ofElement !== undefined) return [[at.ids[ofElement]]];
  }
  const bySearch = operation.effect === 'read' ? searched[name] : undefined;
  return (byName[name] ?? bySearch)?.(at) ?? [];
}

/** The type without what makes it optional. */
function bare(schema: Type): Type {
  const { def } = schema._zod as { def: { type: string; innerType?: Type } };
  return ['optional', 'nullable', 'default'].includes(def.type) && def.innerType !== undefined
    ? bare(def.innerType)
    : schema;
}

const isRequired = (schema: Type): boolean => !z.safeParse(schema, undefined).success;

function anyValue(schema: Type): unknown {
  const type = bare(schema);
  for (const value of [1, true, '/folder', 'x', 'x=1', '2027-01-01T00:00:00.000Z', [], ['x'], [1]])
    if (z.safeParse(type, value).success) return value;
  if (type instanceof z.ZodEnum) return type.options[0];
  throw new Error(`no value for a ${type._zod.def.type}`);
}
