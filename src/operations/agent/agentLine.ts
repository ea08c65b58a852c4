import { agent, type Agent } from '../../domain/agent/agent.ts';

/** An agent as lists show it. */
export const agentLine = agent.pick({
  id: true,
  name: true,
  role: true,
  provider: true,
  status: true,
  reported: true,
  attention: true,
  todoId: true,
  loopId: true,
  stageId: true,
  startedBy: true,
  createdAt: true,
});

export const toAgentLine = ({
  id,
  name,
  role,
  provider,
  status,
  reported,
  attention,
  todoId,
  loopId,
  stageId,
  startedBy,
  createdAt,
}: Agent) => ({
  id,
  name,
  role,
  provider,
  status,
  reported,
  attention,
  todoId,
  loopId,
  stageId,
  startedBy,
  createdAt,
});
