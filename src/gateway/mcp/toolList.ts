import type { Caller } from '../../domain/caller.ts';
import type { RoleCatalog } from '../../domain/role/role.ts';
import type { Effect, Operation } from '../../operations/operation.ts';
import type { WaitTable } from '../waiting.ts';
import { usableBy } from './findOperations.ts';
import { toolSchema, type ToolSchema } from './toolSchema.ts';

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ToolSchema;
  readonly annotations: { readonly readOnlyHint?: boolean; readonly destructiveHint?: boolean };
}

export const toolName = (operationId: string): string => operationId.replace('.', '_');

export const findTool = 'sloop_find';
export const doTool = 'sloop_do';

/** The person's own assistant has no role; these are what it needs most, the rest is found by search. */
const personTools: readonly string[] = [
  'context',
  'todo.list',
  'todo.show',
  'todo.create',
  'todo.complete',
  'sprint.list',
  'artifact.show',
  'loop.list',
  'message.inbox',
  'message.answer',
];

export interface ToolListParts {
  readonly operations: readonly Operation[];
  readonly roles: RoleCatalog;
  readonly waits: WaitTable;
}

/** The tools that a caller sees: its role's own and the two that reach all others. */
export function toolsFor(parts: ToolListParts, caller: Caller): readonly Tool[] {
  const wanted = caller.kind === 'agent' ? (parts.roles.find(caller.role)?.tools ?? []) : personTools;
  const usable = usableBy(parts.operations, caller);
  const own = wanted.flatMap((id) => usable.find((operation) => operation.id === id) ?? []);
  return [...own.map((operation) => toolOf(operation, parts.waits)), ...generalTools];
}

function toolOf(operation: Operation, waits: WaitTable): Tool {
  const schema = toolSchema(operation.input);
  const wait = waits[operation.id];
  const inputSchema =
    wait === undefined
      ? schema
      : {
          ...schema,
          properties: { ...schema.properties, wait: { type: 'boolean', description: waitText(wait.what) } },
        };
  return {
    name: toolName(operation.id),
    description: operation.summary,
    inputSchema,
    annotations: hintsOf(operation.effect),
  };
}

const waitText = (what: string): string => `Wait up to 45 s ${what}; if pending, call again as told`;

function hintsOf(effect: Effect): Tool['annotations'] {
  switch (effect) {
    case 'read':
      return { readOnlyHint: true };
    case 'write':
      return { destructiveHint: false };
    case 'destroy':
      return { destructiveHint: true };
  }
}

const generalTools: readonly Tool[] = [
  {
    name: findTool,
    description: 'Finds Sloop operations that are not in your tool list, by words; says what each takes.',
    inputSchema: {
      type: 'object',
      properties: {
        words: { type: 'string', description: 'Such as: sprint update; empty lists all by name' },
      },
    },
    annotations: { readOnlyHint: true },
  },
  {
    name: doTool,
    description: 'Runs a Sloop operation found by sloop_find.',
    inputSchema: {
      type: 'object',
      properties: {
        operation: { type: 'string', description: 'Its id, such as todo.search' },
        input: { type: 'object', description: 'Its fields' },
      },
      required: ['operation'],
    },
    annotations: {},
  },
];
