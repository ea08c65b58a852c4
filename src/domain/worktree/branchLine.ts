import type { TodoId } from '../ids.ts';
import type { Project } from '../project/project.ts';
import type { Sprint } from '../sprint/sprint.ts';

/** Where work belongs, as far as its branches tell. */
export interface BranchPlace {
  readonly project: Pick<Project, 'slug' | 'branch'> | null;
  readonly sprint: Pick<Sprint, 'number' | 'branch'> | null;
}

/** Branches of which each begins at the one before and is merged into it; the first is the repository's own. */
export type BranchLine = readonly [base: string, ...made: string[]];

export const projectBranch = ({ slug, branch }: Pick<Project, 'slug' | 'branch'>): string =>
  branch ?? `sloop/${slug}/project`;

export const sprintBranch = (
  { slug }: Pick<Project, 'slug'>,
  { number, branch }: Pick<Sprint, 'number' | 'branch'>,
): string => branch ?? `sloop/${slug}/sprint-${number}`;

/** The branch of one todo's work; without a project or a todo it is the agent's. */
export const workBranch = ({ project }: BranchPlace, todo: TodoId | null, agent: string): string =>
  project === null || todo === null ? `sloop/agent/${agent}` : `sloop/${project.slug}/todo-${todo}`;

/** Only such a branch goes when its work is merged: the others gather the work of many. */
export const isWorkBranch = (branch: string): boolean => /^sloop\/(agent\/|[^/]+\/todo-)/.test(branch);

/** What work in this place is merged into, from the repository's own branch on. */
export function baseLine({ project, sprint }: BranchPlace, defaultBranch: string): BranchLine {
  if (project === null) return [defaultBranch];
  const own = projectBranch(project);
  return sprint === null ? [defaultBranch, own] : [defaultBranch, own, sprintBranch(project, sprint)];
}

/**
 * The line that ends in `branch`, which is merged into `base`. A base that is not of this place (its project was
 * given another branch since) stands for itself.
 */
export function lineTo(place: BranchPlace, defaultBranch: string, base: string, branch: string): BranchLine {
  const line = baseLine(place, defaultBranch);
  const at = line.indexOf(base);
  const [first = base, ...rest] = at < 0 ? [base] : line.slice(0, at + 1);
  return [first, ...rest, branch];
}
