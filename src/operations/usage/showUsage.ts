import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import type { Agent } from '../../domain/agent/agent.ts';
import { sprintId, todoId } from '../../domain/ids.ts';
import type { Where } from '../../domain/store.ts';
import { agentByRef, agentRef } from '../agent/agentByRef.ts';
import { mustFind, projectByRef } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { projectRef } from '../project/projectFields.ts';

const spent = {
  agents: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  costUsd: z.number().describe('As far as their CLIs tell'),
};

const input = z.object({
  agent: agentRef.optional(),
  todo: todoId.optional().describe('With all below it'),
  sprint: sprintId.optional(),
  project: projectRef.optional(),
});

export const showUsage = defineOperation({
  id: 'usage',
  title: 'Show usage',
  summary:
    'Tokens and cost of an agent, or of all agents of a todo, a sprint or a project; of everything when none is named.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input,
  output: z.object({ ...spent, providers: z.array(z.object({ provider: z.string(), ...spent })) }),
  run(context, wanted) {
    const providers = context.tables.agent.usage(whose(context, wanted));
    const sum = (field: keyof typeof spent) =>
      providers.reduce((total, provider) => total + provider[field], 0);
    return ok({
      agents: sum('agents'),
      inputTokens: sum('inputTokens'),
      outputTokens: sum('outputTokens'),
      costUsd: sum('costUsd'),
      providers: [...providers],
    });
  },
});

function whose(context: OperationContext, wanted: z.output<typeof input>): Where<Agent> {
  const { agent, todo, sprint, project } = wanted;
  if (Object.values(wanted).filter((one) => one !== undefined).length > 1)
    refuseNow('invalid', 'Several are named at once.', 'Name one of agent, todo, sprint and project.');
  const { tables } = context;
  if (agent !== undefined) return { id: agentByRef(context, agent).id };
  if (todo !== undefined) return { todoId: tables.todo.subtree(mustFind(tables.todo, 'todo', todo).id) };
  if (sprint !== undefined) return { sprintId: mustFind(tables.sprint, 'sprint', sprint).id };
  return project === undefined ? {} : { projectId: projectByRef(context, project).id };
}
