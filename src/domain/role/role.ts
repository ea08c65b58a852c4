import { z } from 'zod';

/**
 * What an agent may do to the workspace and to Sloop's rows.
 * `read-only` may read, report, ask and comment; `read-only-shell` may also run commands that change nothing;
 * `minimal` may read and report on its own stage.
 */
export const accessLevels = ['full', 'read-only', 'read-only-shell', 'minimal'] as const;
export const accessLevel = z.enum(accessLevels);
export type AccessLevel = z.infer<typeof accessLevel>;

/** What a role's finished work is kept as. */
export const roleOutputs = ['plan', 'document', 'loop_output'] as const;

/** What an agent is asked to be. A file: shipped with Sloop or in the workspace's `.sloop/roles/`. */
export const role = z.object({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'takes lower-case words joined by hyphens'),
  displayName: z.string().min(1),
  description: z.string(),
  access: accessLevel,
  provider: z.string().nullable().default(null).describe('Provider to use unless the start names another'),
  model: z.string().nullable().default(null),
  effort: z.string().nullable().default(null),
  maxTurns: z
    .number()
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe('Turns of the model, where the CLI can limit them'),
  maxMinutes: z.number().positive().default(60).describe('After this many minutes the agent is stopped'),
  stallMinutes: z.number().positive().default(10).describe('Silence after which the agent needs attention'),
  tools: z
    .array(z.string())
    .max(10)
    .describe('Ids of the operations in its MCP tool list; sloop_find and sloop_do are added'),
  output: z.enum(roleOutputs).default('loop_output').describe('Artifact type its finished work is kept as'),
  gate: z.enum(['person']).nullable().default(null).describe('person: its artifact waits for a person'),
  prompt: z.string().min(1),
});
export type Role = z.infer<typeof role>;

/** The roles of a workspace: shipped ones, overridden by files of the same name. */
export interface RoleCatalog {
  list(): readonly Role[];
  find(name: string): Role | undefined;
  /** Files that could not be read, one line each, naming file, line and field. */
  problems(): readonly string[];
}
