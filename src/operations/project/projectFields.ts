import { z } from 'zod';
import { dispatchRule, isolations } from '../../domain/dispatch/rule.ts';
import { projectModes, slug } from '../../domain/project/project.ts';
import type { ProjectId, RepositoryId } from '../../domain/ids.ts';
import type { OperationContext } from '../operation.ts';
import { repositoryByRef } from '../repository/repositoryByRef.ts';

/** What may be said of a project when it is created or changed. */
export const projectFields = {
  slug: slug.describe('Short name for addresses: a-z, 0-9 and single hyphens'),
  description: z.string().max(100_000).describe('Markdown'),
  mode: z
    .enum(projectModes)
    .describe(
      'autonomous: agents decide by themselves; partial: changes wait on a branch; review: sprints and plans wait for a person too',
    ),
  mergeRequiresApproval: z.boolean(),
  todosRequireApproval: z.boolean().describe('Todos that agents suggest wait for approval'),
  branch: z.string().max(200).nullable().describe('Branch that finished work is merged into'),
  dispatchRules: z
    .array(dispatchRule)
    .max(100)
    .describe('Which role and provider do which todos; the first that fits decides'),
  isolation: z
    .enum(isolations)
    .describe(
      'worktree: each dispatched agent has a git worktree of its own; none: all work in the workspace',
    ),
  repositories: z.array(z.string()).max(100).describe('All repositories that it works in, by id or name'),
};

export const projectRef = z.string().describe('Project id or slug');

/** Makes the project's repositories the named ones: adds what is missing, removes what is not named. */
export function setRepositories(
  context: OperationContext,
  project: ProjectId,
  refs: readonly string[],
): void {
  const { tables } = context;
  const wanted = new Set<RepositoryId>(refs.map((ref) => repositoryByRef(context, ref).id));
  const present = tables.project.repositories(project);
  for (const id of present) if (!wanted.has(id)) tables.project.removeRepository(project, id);
  for (const id of wanted) if (!present.includes(id)) tables.project.addRepository(project, id);
}
