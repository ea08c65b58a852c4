import { z } from 'zod';

/** How a loop ends by its own work. Limits (rounds, deadline, budget) end every loop besides. */
export const termination = z.discriminatedUnion('type', [
  z.object({ type: z.literal('verdict') }).describe("The last role's verdict `approved` ends it"),
  z
    .object({ type: z.literal('goal'), criteria: z.string().min(1).describe('What must hold') })
    .describe('The last role says by its verdict whether the goal is reached'),
  z.object({ type: z.literal('rounds') }).describe('It ends after its rounds, whatever they bring'),
]);

export const loopParameter = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'takes lower-case letters, digits and _'),
  description: z.string(),
  required: z.boolean().default(false),
  default: z.string().nullable().default(null),
});

export const loopRole = z.object({
  name: z.string().min(1).describe('Name of the stage'),
  role: z.string().min(1).describe('Role that plays it'),
  prompt: z.string().min(1).describe('Its task; {{parameters}} are filled in'),
  gate: z.enum(['person']).nullable().default(null),
});

/** An automated run as a file: parameters, ordered roles with prompts, termination. */
export const loopDefinition = z.object({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'takes lower-case words joined by hyphens'),
  description: z.string().min(1),
  parameters: z.array(loopParameter).default([]),
  roles: z.array(loopRole).min(1, 'needs at least one role').max(12),
  termination,
  maxIterations: z.number().int().min(1).max(100).default(5),
});
export type LoopDefinition = z.infer<typeof loopDefinition>;

/** The loop definitions of a workspace: shipped ones, overridden by files of the same name. */
export interface LoopCatalog {
  list(): readonly LoopDefinition[];
  find(name: string): LoopDefinition | undefined;
  /** Files that could not be read, one line each, naming file, line and field. */
  problems(): readonly string[];
}
