import { z } from 'zod';
import { refuseNow } from '../../base/result.ts';
import type { Agent } from '../../domain/agent/agent.ts';
import { agentId } from '../../domain/ids.ts';
import type { OperationContext } from '../operation.ts';

/** An agent in an input: its name, which people and agents use, or its id. */
export const agentRef = z.string().min(1).describe('Name or id of an agent');

/** The agent, or a refusal. */
export const agentByRef = ({ tables }: Pick<OperationContext, 'tables'>, ref: string): Agent =>
  findAgent({ tables }, ref) ??
  refuseNow('missing', `There is no agent ${ref} here.`, 'List those that there are: sloop agent list.');

export function findAgent({ tables }: Pick<OperationContext, 'tables'>, ref: string): Agent | undefined {
  const byId = agentId.safeParse(ref);
  return tables.agent.findByName(ref) ?? (byId.success ? tables.agent.find(byId.data) : undefined);
}
