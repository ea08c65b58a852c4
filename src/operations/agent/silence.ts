import { millisecondsOf } from '../../base/clock.ts';
import type { Agent } from '../../domain/agent/agent.ts';
import { role } from '../../domain/role/role.ts';
import type { OperationContext } from '../operation.ts';

/** Silent for so long that it was flagged for it: its sign of life takes that back. */
export function wasSilent({ roles, now }: OperationContext, agent: Agent): boolean {
  const { stallMinutes } = roles.find(agent.role) ?? role.pick({ stallMinutes: true }).parse({});
  const silence = agent.lastSeenAt === null ? 0 : millisecondsOf(now) - millisecondsOf(agent.lastSeenAt);
  return silence > stallMinutes * 60_000;
}
