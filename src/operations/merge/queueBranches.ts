import type { Merge } from '../../domain/merge/merge.ts';
import { openMergeStatuses } from '../../domain/merge/merge.ts';
import type { Project } from '../../domain/project/project.ts';
import type { Sprint } from '../../domain/sprint/sprint.ts';
import { projectBranch, sprintBranch } from '../../domain/worktree/branchLine.ts';
import { insertFresh } from '../insertFresh.ts';
import { callerSession } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';
import { projectRepositories } from '../worktree/projectRepositories.ts';
import { approvalText, asksForApproval } from './approval.ts';
import { moveMerge } from './moveMerge.ts';

/** A gathering branch that goes one step up: a sprint's into its project's, a project's into the main one. */
export interface BranchMerge {
  readonly level: 'sprint' | 'project';
  readonly project: Project;
  readonly sprint: Sprint | null;
  /** Whether a person has to approve it first. */
  readonly needsApproval: boolean;
  readonly approvedBy: string | null;
}

/** Queues it in each repository that has such a branch; what is under way already is returned as it is. */
export function queueBranches(context: OperationContext, asked: BranchMerge): readonly Merge[] {
  const { probe } = context;
  return projectRepositories(context, asked.project.id).flatMap((repository) => {
    const { path, id, defaultBranch } = repository;
    if (path === null) return [];
    const own = projectBranch(asked.project);
    const source = asked.sprint === null ? own : sprintBranch(asked.project, asked.sprint);
    const target = asked.sprint === null ? defaultBranch : own;
    if (probe.tipOf(path, source) === null) return [];
    return [queueOne(context, asked, { repositoryId: id, repositoryPath: path, source, target })];
  });
}

function queueOne(
  context: OperationContext,
  { level, project, sprint, needsApproval, approvedBy }: BranchMerge,
  branches: Pick<Merge, 'repositoryId' | 'repositoryPath' | 'source' | 'target'>,
): Merge {
  const { tables, caller, now } = context;
  const { repositoryPath, source, target } = branches;
  const [open] = tables.merge
    .all({ projectId: project.id, level, status: openMergeStatuses })
    .filter((one) => one.repositoryPath === repositoryPath && one.source === source && one.target === target);
  if (open !== undefined)
    return open.status === 'failed' ? moveMerge(context, open, 'queued', { approvedBy }) : open;
  const asksFor = { projectId: project.id, repositoryPath, baseBranch: target };
  const waits = needsApproval || (approvedBy === null && asksForApproval(context, asksFor));
  const what = sprint === null ? `project ${project.slug}` : `sprint ${sprint.number}: ${sprint.title}`;
  return insertFresh(context, tables.merge, 'merge', {
    level,
    ...branches,
    projectId: project.id,
    sessionId: callerSession(caller),
    sprintId: sprint?.id ?? null,
    todoId: null,
    agentId: null,
    agentName: null,
    worktreeId: null,
    title: `Merge ${what}`,
    status: waits ? 'waiting_approval' : 'queued',
    reason: waits ? approvalText(target) : null,
    files: [],
    conflictTodoId: null,
    mergedCommit: null,
    requestedBy: caller.name,
    approvedBy,
    createdAt: now,
    updatedAt: now,
    endedAt: null,
  });
}

/** A sprint that is complete goes into its project's branch; in mode partial a person looks before that. */
export function queueSprint(context: OperationContext, sprint: Sprint): readonly Merge[] {
  const project = context.tables.project.find(sprint.projectId);
  if (project === undefined) return [];
  const needsApproval = project.mode === 'partial';
  return queueBranches(context, { level: 'sprint', project, sprint, needsApproval, approvedBy: null });
}
