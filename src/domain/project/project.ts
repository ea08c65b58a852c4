import { z } from 'zod';
import { instant } from '../instant.ts';
import { projectId } from '../ids.ts';
import { dispatchRule, dispatchStates, isolations } from '../dispatch/rule.ts';
import { title } from '../todo/todo.ts';
import { checkMove, type Transitions } from '../transitions.ts';

export const projectStatuses = ['active', 'completed', 'archived'] as const;
export type ProjectStatus = (typeof projectStatuses)[number];

/** `partial`: changes wait on a branch until approved. `review`: every sprint and plan waits for a person. */
export const projectModes = ['autonomous', 'partial', 'review'] as const;

export const workflowStates = [
  'idle',
  'backlog_ready',
  'sprint_planned',
  'sprint_active',
  'sprint_paused',
  'sprint_review',
  'blocked',
] as const;

export const slug = z
  .string()
  .min(1)
  .max(64, 'takes 64 characters at most')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'takes a-z, 0-9 and single hyphens, none at an end');

/** A body of work with a slug. */
export const project = z.object({
  id: projectId,
  slug,
  title,
  description: z.string(),
  status: z.enum(projectStatuses),
  workflowState: z.enum(workflowStates).nullable().describe('null where the project has not asked for it'),
  mode: z.enum(projectModes),
  mergeRequiresApproval: z.boolean(),
  todosRequireApproval: z.boolean(),
  branch: z.string().nullable(),
  dispatch: z
    .enum(dispatchStates)
    .describe('on: ready todos are given to agents; paused: no new ones start; off: never'),
  dispatchRules: z.array(dispatchRule).describe('The first that fits decides who does a todo'),
  isolation: z
    .enum(isolations)
    .describe('worktree: each dispatched agent has a git worktree; none: all work in the workspace'),
  createdAt: instant,
  updatedAt: instant,
});
export type Project = z.infer<typeof project>;

export const projectMoves = {
  active: ['completed', 'archived'],
  completed: ['active', 'archived'],
  archived: ['active'],
} as const satisfies Transitions<ProjectStatus>;

export const checkProjectMove = (subject: Pick<Project, 'slug' | 'status'>, to: ProjectStatus) =>
  checkMove<ProjectStatus>(`Project ${subject.slug}`, projectMoves, subject.status, to);

/** A slug made from a title: the nearest text that the slug rule allows, or `project` where nothing is left. */
export function slugFrom(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '');
  return words === '' ? 'project' : words;
}
