import { agent } from '../../domain/agent/agent.ts';
import { cutTo } from '../cutTo.ts';

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

export const toAgentLine = cutTo(agentLine);
