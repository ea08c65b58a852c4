import { refuseNow } from '../../base/result.ts';
import { isLive, type Agent, type AgentForm, type Launch } from '../../domain/agent/agent.ts';
import { windowOf } from '../../domain/caller.ts';
import type { LoopId, ProjectId, SessionId, SprintId, StageId, TodoId } from '../../domain/ids.ts';
import type { Role } from '../../domain/role/role.ts';
import { insertFresh } from '../insertFresh.ts';
import { mustFind } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';
import { moveTodo } from '../todo/moveTodo.ts';
import { planWorktrees, requestWorktrees } from '../worktree/planWorktrees.ts';
import { chooseProvider } from './chooseProvider.ts';
import { composePrompt } from './composePrompt.ts';
import { freshName } from './freshName.ts';
import { promptFacts } from './promptFacts.ts';

/** What decides a new agent. What is left out is the role's, or the workspace's. */
export interface AgentStart {
  readonly role: string;
  readonly provider?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly effort?: string | null | undefined;
  readonly form?: AgentForm | undefined;
  /** Who decided it; a loop where it has one, else somebody who asked. */
  readonly origin?: Agent['origin'] | undefined;
  readonly budgetUsd?: number | null | undefined;
  /** Give it a git worktree of each repository that it works in. */
  readonly worktree?: boolean | undefined;
  readonly sessionId: SessionId;
  readonly projectId: ProjectId | null;
  readonly sprintId: SprintId | null;
  /** Claimed for the agent; given back when it ends without completing it. */
  readonly todoId: TodoId | null;
  readonly loopId: LoopId | null;
  readonly stageId: StageId | null;
  /** The task. Who the agent is, where it works and how it reports is put around it. */
  readonly prompt: string;
  readonly workingFolder?: string | null | undefined;
  /** File that the scripted provider plays; a relative path starts at the working folder. */
  readonly script?: string | null | undefined;
  /** The window that is to run it; the caller's when left out. */
  readonly window?: string | null | undefined;
}

/**
 * Decides that an agent starts: its row, and a launch that `sloop run` claims once. No process starts here; the
 * engine asks for one when this is committed.
 */
export function startAgent(context: OperationContext, start: AgentStart): Agent {
  const { tables, caller, now } = context;
  const role = findRole(context, start.role);
  const provider = chooseProvider(context, role, start);
  // A role's model is one of its provider's: another provider would not know it.
  const isRoles = (role.provider ?? provider) === provider;
  const name = freshName(context);
  const plan = start.worktree === true ? planWorktrees(context, { ...start, name }) : null;
  const workingFolder = plan?.workingFolder ?? start.workingFolder ?? context.workspaceRoot;
  const agent: Omit<Agent, 'id'> = {
    name,
    role: role.name,
    provider,
    model: start.model ?? (isRoles ? role.model : null),
    effort: start.effort ?? (isRoles ? role.effort : null),
    accountId: null,
    origin: start.origin ?? (start.loopId === null ? 'asked' : 'loop'),
    budgetUsd: start.budgetUsd ?? null,
    form: start.form ?? 'streamed',
    sessionId: start.sessionId,
    projectId: start.projectId,
    sprintId: start.sprintId,
    todoId: start.todoId,
    loopId: start.loopId,
    stageId: start.stageId,
    worktreePath: null,
    branch: null,
    providerSessionId: null,
    sessionNumber: 1,
    attempt: 1,
    status: 'starting',
    reported: null,
    attention: null,
    pid: null,
    pidStartedAt: null,
    exitCode: null,
    exitSignal: null,
    startRefused: false,
    result: null,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    observed: 0,
    lastSeenAt: null,
    startedBy: caller.name,
    reportedAt: null,
    stopRequestedBy: null,
    dismissedAt: null,
    createdAt: now,
    updatedAt: now,
    endedAt: null,
  };
  if (start.todoId !== null) claimFor(context, start.todoId, agent.name);
  // Before the insert: the agent itself is not "the attempt before".
  const facts = promptFacts(context, agent as Agent, role, start.prompt, workingFolder);
  const inserted = insertFresh(context, tables.agent, 'agent', agent);
  const worktrees = plan === null ? [] : requestWorktrees(context, inserted, plan);
  insertLaunch(context, inserted, {
    state: worktrees.length === 0 ? 'ready' : 'preparing',
    prompt: composePrompt({ ...facts, worktrees }),
    workingFolder,
    resume: false,
    script: start.script ?? null,
    window: start.window ?? windowOf(caller),
  });
  return inserted;
}

/** Writes the launch of the agent's present session. */
export function insertLaunch(
  context: OperationContext,
  agent: Agent,
  fields: Pick<Launch, 'state' | 'prompt' | 'workingFolder' | 'resume' | 'script' | 'window'>,
): void {
  insertFresh(context, context.tables.launch, 'launch', {
    agentId: agent.id,
    projectId: agent.projectId,
    sessionId: agent.sessionId,
    sessionNumber: agent.sessionNumber,
    ...fields,
    tokenHash: null,
    claimedAt: null,
    createdAt: context.now,
  });
}

/** The role, or a refusal that lists those that there are. */
export function findRole({ roles }: Pick<OperationContext, 'roles'>, name: string): Role {
  return (
    roles.find(name) ??
    refuseNow(
      'missing',
      `There is no role ${name}.`,
      `There are: ${roles
        .list()
        .map((role) => role.name)
        .join(', ')}.`,
    )
  );
}

/** Gives the todo to the agent that is being started; another living agent's work is not taken. */
export function claimFor(context: OperationContext, id: TodoId, name: string): void {
  const todo = mustFind(context.tables.todo, 'todo', id);
  if (todo.status === 'in_progress' && todo.assignee !== null && todo.assignee !== name) {
    const holder = context.tables.agent.findByName(todo.assignee);
    if (todo.assignee === 'person' || (holder !== undefined && isLive(holder.status)))
      refuseNow(
        'conflict',
        `Todo ${id} is claimed by ${todo.assignee}.`,
        'Pick another with sloop todo ready, or have it released first: sloop todo release.',
      );
    context.tables.todo.update({ ...todo, assignee: name, updatedAt: context.now });
    return;
  }
  if (todo.status === 'blocked')
    refuseNow(
      'conflict',
      `Todo ${id} is blocked${todo.blockedReason === null ? ' by what it waits for' : `: ${todo.blockedReason}`}.`,
      'Pick another: sloop todo ready.',
    );
  if (todo.status !== 'in_progress') moveTodo(context, todo, 'in_progress', { assignee: name });
}
