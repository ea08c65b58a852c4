import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { sprintId, todoId, type AgentId } from '../../domain/ids.ts';
import type { Merge } from '../../domain/merge/merge.ts';
import { projectBranch, sprintBranch } from '../../domain/worktree/branchLine.ts';
import { presentWorktreeStatuses, type Worktree } from '../../domain/worktree/worktree.ts';
import { agentByRef } from '../agent/agentByRef.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { projectRepositories } from './projectRepositories.ts';

const range = z.object({
  repository: z.string().describe('Its name'),
  repositoryPath: z.string().describe('Root of the repository'),
  base: z.string().describe('Ref that the work is, or was, merged into'),
  head: z.string().describe('Ref of the work'),
  worktree: z.string().nullable().describe('Folder in which it goes on: what is not committed counts too'),
  agent: z.string().nullable().describe('Name of the agent whose worktree that is'),
  merged: z.boolean(),
});
export type DiffRange = z.output<typeof range>;

export const diffOf = defineOperation({
  id: 'worktree.diffOf',
  title: 'Say where changes lie',
  summary:
    'Tells which refs (or worktree) to compare in which repositories to see what a todo, an agent or a sprint changed.',
  effect: 'read',
  permission: 'read',
  surfaces: ['cli', 'view'],
  input: z.object({
    todo: todoId.optional(),
    agent: z.string().optional().describe('Name or id of an agent'),
    sprint: sprintId.optional(),
  }),
  output: z.object({ ranges: z.array(range) }),
  run(context, { todo, agent, sprint }) {
    if ([todo, agent, sprint].filter((one) => one !== undefined).length !== 1)
      refuseNow('invalid', 'Whose changes?', 'Name a todo, an agent or a sprint, and only one of them.');
    if (sprint !== undefined) return ok({ ranges: ofSprint(context, sprint) });
    return ok({
      ranges: ofWork(
        context,
        todo === undefined ? { agentId: agentByRef(context, agent ?? '').id } : { todoId: todo },
      ),
    });
  },
});

type Whose = { readonly agentId: AgentId } | { readonly todoId: z.output<typeof todoId> };

/** What lies in worktrees now, else what was merged of it last; one for each repository. */
function ofWork(context: OperationContext, whose: Whose): DiffRange[] {
  const { tables } = context;
  const present = tables.worktree
    .all({ ...whose, status: presentWorktreeStatuses })
    // What is being removed was merged: its branch differs from nothing any more.
    .filter((one) => one.baseCommit !== null && one.status !== 'removing');
  const merged = tables.merge.all({ ...whose, level: 'todo', status: 'merged' }).toReversed();
  const latest = merged.filter(
    (entry, index) =>
      merged.findIndex((other) => other.repositoryPath === entry.repositoryPath) === index &&
      !present.some((one) => one.repositoryPath === entry.repositoryPath),
  );
  return [
    ...present.map((one) => ofWorktree(context, one)),
    ...latest.map((entry) => ofMerge(context, entry)),
  ];
}

const ofWorktree = (context: OperationContext, row: Worktree): DiffRange => ({
  repository: nameOf(context, row),
  repositoryPath: row.repositoryPath ?? row.path,
  base: row.baseBranch,
  head: row.branch,
  // A folder that somebody deleted leaves the branch.
  worktree: context.probe.inspect(row.path).kind === 'absent' ? null : row.path,
  agent: row.agentName,
  merged: false,
});

/** A merge commit's own change is what it brought; work that was there without one began at its worktree's base. */
function ofMerge(context: OperationContext, entry: Merge): DiffRange {
  const worktree = entry.worktreeId === null ? undefined : context.tables.worktree.find(entry.worktreeId);
  const commit = entry.mergedCommit ?? entry.target;
  const isMergeCommit = entry.reason === null;
  return {
    repository: nameOf(context, entry),
    repositoryPath: entry.repositoryPath,
    base: isMergeCommit ? `${commit}^1` : (worktree?.baseCommit ?? `${commit}^1`),
    head: commit,
    worktree: null,
    agent: entry.agentName,
    merged: true,
  };
}

const nameOf = (
  { tables }: OperationContext,
  at: Pick<Worktree, 'repositoryId' | 'repositoryPath'>,
): string =>
  (at.repositoryId === null ? undefined : tables.repository.find(at.repositoryId)?.name) ??
  at.repositoryPath ??
  '';

function ofSprint(context: OperationContext, id: z.output<typeof sprintId>): DiffRange[] {
  const { tables, probe } = context;
  const sprint = mustFind(tables.sprint, 'sprint', id);
  const project = mustFind(tables.project, 'project', sprint.projectId);
  const head = sprintBranch(project, sprint);
  return projectRepositories(context, project.id).flatMap(({ path, name }) => {
    if (path === null || probe.tipOf(path, head) === null) return [];
    const [merged] = tables.merge
      .all({ sprintId: id, level: 'sprint', status: 'merged' })
      .filter((entry) => entry.repositoryPath === path)
      .toReversed();
    if (merged !== undefined) return [ofMerge(context, merged)];
    return [
      {
        repository: name,
        repositoryPath: path,
        base: projectBranch(project),
        head,
        worktree: null,
        agent: null,
        merged: false,
      },
    ];
  });
}
