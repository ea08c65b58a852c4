import type { Agent } from '../../src/domain/agent/agent.ts';
import type { AgentId } from '../../src/domain/ids.ts';
import { noon } from './builders.ts';
import { anAgentCaller } from './testHost.ts';

/** A running agent's row, with whatever the test does not mention left empty. */
export const anAgent = (fields: Partial<Agent> & Pick<Agent, 'sessionId'>): Agent => ({
  id: 'agent0000099' as AgentId,
  name: 'calm-heron',
  role: 'coder',
  provider: 'script',
  model: null,
  effort: null,
  accountId: null,
  origin: 'asked',
  budgetUsd: null,
  form: 'streamed',
  projectId: null,
  sprintId: null,
  todoId: null,
  loopId: null,
  stageId: null,
  worktreePath: null,
  branch: null,
  providerSessionId: null,
  sessionNumber: 1,
  attempt: 1,
  status: 'running',
  reported: null,
  attention: null,
  pid: 1,
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
  startedBy: 'person',
  reportedAt: null,
  stopRequestedBy: null,
  dismissedAt: null,
  createdAt: noon,
  updatedAt: noon,
  endedAt: null,
  ...fields,
});

/** The caller that this agent's token makes. */
export const callerOf = (agent: Agent, access: 'full' | 'read-only' = 'full') =>
  anAgentCaller({
    name: agent.name,
    agentId: agent.id,
    role: agent.role,
    access,
    sessionId: agent.sessionId,
    projectId: agent.projectId,
    sprintId: agent.sprintId,
    todoId: agent.todoId,
    stageId: agent.stageId,
    loopId: agent.loopId,
  });
