import type { Instant } from '../../src/base/clock.ts';
import type { ProjectId, SessionId, TodoId } from '../../src/domain/ids.ts';
import type { Project } from '../../src/domain/project/project.ts';
import type { Session } from '../../src/domain/session/session.ts';
import type { Todo } from '../../src/domain/todo/todo.ts';

// Rows with everything that a test does not mention filled in.

export const noon = '2026-01-05T12:00:00.000Z' as Instant;

export const aTodo = (fields: Partial<Todo> = {}): Todo => ({
  id: 'todo0001' as TodoId,
  title: 'A todo',
  description: '',
  kind: 'task',
  category: 'execute',
  gate: 'auto',
  status: 'pending',
  priority: 'medium',
  sortOrder: 1,
  parentId: null,
  projectId: null,
  sprintId: null,
  sessionId: null,
  artifactId: null,
  planPosition: null,
  assignee: null,
  createdBy: 'person',
  completedBy: null,
  requiresApproval: null,
  acceptanceCriteria: [],
  successCriteria: [],
  deadline: null,
  estimatedHours: null,
  actualHours: null,
  completionSummary: null,
  feedbackQuality: null,
  feedbackTimeliness: null,
  feedbackNotes: null,
  role: null,
  provider: null,
  model: null,
  effort: null,
  promotedAt: null,
  blockedReason: null,
  createdAt: noon,
  updatedAt: noon,
  completedAt: null,
  ...fields,
});

export const aProject = (fields: Partial<Project> = {}): Project => ({
  id: 'project00001' as ProjectId,
  slug: 'a-project',
  title: 'A project',
  description: '',
  status: 'active',
  workflowState: null,
  mode: 'autonomous',
  mergeRequiresApproval: true,
  todosRequireApproval: false,
  branch: null,
  dispatch: 'off',
  dispatchRules: [],
  isolation: 'worktree',
  createdAt: noon,
  updatedAt: noon,
  ...fields,
});

export const aSession = (fields: Partial<Session> = {}): Session => ({
  id: 'session00001' as SessionId,
  title: 'A session',
  origin: 'person',
  parentId: null,
  projectId: null,
  role: null,
  status: 'open',
  lastActivityAt: noon,
  createdAt: noon,
  updatedAt: noon,
  ...fields,
});
