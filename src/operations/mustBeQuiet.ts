import { refuseNow } from '../base/result.ts';
import { liveAgentStatuses } from '../domain/agent/agent.ts';
import type { ProjectId, SessionId } from '../domain/ids.ts';
import type { OperationContext } from './operation.ts';

/** Refuses while a loop is under way or an agent lives there: what is put away or deleted must be at rest. */
export function mustBeQuiet(
  { tables }: OperationContext,
  what: string,
  where: { readonly projectId: ProjectId } | { readonly sessionId: SessionId },
): void {
  const loops = tables.loop.list({ ...where, status: ['running', 'paused', 'blocked'] }, { limit: 5 });
  const agents = tables.agent.list({ ...where, status: liveAgentStatuses }, { limit: 5 });
  const busy = [
    ...loops.items.map((loop) => `loop ${loop.id} (${loop.status})`),
    ...agents.items.map((agent) => `agent ${agent.name}`),
  ];
  const more = loops.more + agents.more;
  if (busy.length > 0)
    refuseNow(
      'conflict',
      `${what} is at work: ${busy.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
      'Stop them first: sloop loop stop, sloop agent stop.',
    );
}
