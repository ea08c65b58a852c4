import type { Worktree } from '../../domain/worktree/worktree.ts';
import type { OperationContext } from '../operation.ts';
import { repositoryAt } from '../worktree/projectRepositories.ts';

/**
 * Whether a person has to let this work into its base: the main branch of a repository is reached by approval where
 * the project asks for it, and always by work without a project.
 */
export function asksForApproval(
  context: OperationContext,
  { projectId, repositoryPath, baseBranch }: Pick<Worktree, 'projectId' | 'repositoryPath' | 'baseBranch'>,
): boolean {
  const project = projectId === null ? undefined : context.tables.project.find(projectId);
  if (project === undefined) return true;
  return project.mergeRequiresApproval && baseBranch === mainBranchOf(context, repositoryPath ?? '');
}

/** As the repository is registered, else what is checked out in its main folder. */
function mainBranchOf(context: OperationContext, path: string): string | undefined {
  const seen = context.probe.inspect(path);
  return (
    repositoryAt(context, path)?.defaultBranch ?? (seen.kind === 'found' ? seen.defaultBranch : undefined)
  );
}

export const approvalText = (target: string): string =>
  `A person has to approve that it goes into ${target}.`;
