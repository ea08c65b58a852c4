import type { Agent } from '../../domain/agent/agent.ts';
import type { OperationContext } from '../operation.ts';

/** Adds notes by Sloop to an agent's output: what was done for it before it began is part of what it tells. */
export function noteInOutput(
  { logs, now }: OperationContext,
  { id, name, sessionNumber }: Agent,
  notes: readonly string[],
): void {
  if (notes.length === 0) return;
  logs.append(
    notes.map((content) => ({
      agentId: id,
      agentName: name,
      sessionNumber,
      kind: 'note',
      content,
      time: now,
    })),
  );
}
