import { z } from 'zod';
import { instant } from '../instant.ts';
import { artifactId, projectId, sessionId, sprintId, todoId } from '../ids.ts';
import { checkMove, type Transitions } from '../transitions.ts';

export const todoStatuses = [
  'pending_approval',
  'pending',
  'in_progress',
  'blocked',
  'completed',
  'cancelled',
] as const;
export type TodoStatus = (typeof todoStatuses)[number];

/** Highest first: dispatch and lists order by this. */
export const priorities = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof priorities)[number];

export const todoKinds = ['epic', 'story', 'task'] as const;
export const todoCategories = [
  'execute',
  'research',
  'discuss',
  'plan',
  'detail',
  'refine',
  'verify',
  'merge',
  'review',
] as const;
export const todoGates = ['auto', 'human-verify', 'decision', 'human-action'] as const;

export const title = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'takes 200 characters at most')
  .describe('Up to 200 characters');

export const successCriterion = z.object({
  criterion: z.string().min(1),
  measurable: z.string().nullable().default(null).describe('How it is measured, where it can be'),
});

/** A unit of work at any depth. */
export const todo = z.object({
  id: todoId,
  title,
  description: z.string(),
  kind: z.enum(todoKinds),
  category: z.enum(todoCategories),
  gate: z.enum(todoGates).describe('auto: an agent may take it; else what a person has to do'),
  status: z.enum(todoStatuses),
  priority: z.enum(priorities),
  sortOrder: z.number().int(),
  parentId: todoId.nullable(),
  projectId: projectId.nullable(),
  sprintId: sprintId.nullable(),
  sessionId: sessionId.nullable(),
  artifactId: artifactId.nullable().describe('The plan that it came from'),
  planPosition: z.number().int().nullable().describe('Where in that plan its step stands'),
  assignee: z.string().nullable().describe('Name of the agent, or `person`'),
  createdBy: z.string(),
  completedBy: z.string().nullable(),
  requiresApproval: z.boolean().nullable().describe("null: the project's setting holds"),
  acceptanceCriteria: z.array(z.string()),
  successCriteria: z.array(successCriterion),
  deadline: instant.nullable(),
  estimatedHours: z.number().nonnegative().nullable(),
  actualHours: z.number().nonnegative().nullable(),
  completionSummary: z.string().nullable(),
  feedbackQuality: z.number().int().min(1).max(5).nullable(),
  feedbackTimeliness: z.number().int().min(1).max(5).nullable(),
  feedbackNotes: z.string().nullable(),
  role: z.string().nullable().describe('Role of the agent that is to do it; null: by rule'),
  provider: z.string().nullable().describe('Provider of that agent; null: by rule'),
  model: z.string().nullable().describe('Model of that agent; null: by rule'),
  effort: z.string().nullable().describe('Effort of that agent; null: by rule'),
  promotedAt: instant.nullable().describe('When a person asked to run it next; the earliest goes first'),
  blockedReason: z.string().nullable().describe('Set when blocked by hand; null while dependencies block it'),
  createdAt: instant,
  updatedAt: instant,
  completedAt: instant.nullable(),
});
export type Todo = z.infer<typeof todo>;

export const todoMoves = {
  pending_approval: ['pending', 'cancelled'],
  pending: ['in_progress', 'blocked', 'completed', 'cancelled'],
  in_progress: ['pending', 'blocked', 'completed', 'cancelled'],
  blocked: ['pending', 'in_progress', 'cancelled'],
  completed: ['pending'],
  cancelled: ['pending'],
} as const satisfies Transitions<TodoStatus>;

/** Statuses in which a todo still asks for work. */
export const openTodoStatuses = ['pending_approval', 'pending', 'in_progress', 'blocked'] as const;
export const isOpen = (status: TodoStatus): boolean => status !== 'completed' && status !== 'cancelled';

export const checkTodoMove = (todo: Pick<Todo, 'id' | 'status'>, to: TodoStatus) =>
  checkMove<TodoStatus>(`Todo ${todo.id}`, todoMoves, todo.status, to);
