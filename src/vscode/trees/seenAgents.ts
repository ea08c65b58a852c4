import type * as vscode from 'vscode';
import type { AgentRow } from './model/entity.ts';

const key = 'sloop.agents.seen';
/** Of so many agents it is known that they were seen; older ones are dismissed by then. */
const most = 500;

interface Seen {
  /** Nothing that ended before Sloop was first used here is news. */
  readonly since: string;
  /** When each had ended as the person saw it. */
  readonly ended: Readonly<Record<string, string>>;
}

/** Which ended agents the person has looked at. A new end of the same agent is news again. */
export interface SeenAgents {
  isUnseen(agent: Pick<AgentRow, 'id' | 'status' | 'reported' | 'endedAt'>): boolean;
  saw(agent: string, endedAt: string | null): Promise<void>;
}

export function createSeenAgents(memento: vscode.Memento, now: string): SeenAgents {
  const read = (): Seen => memento.get<Seen>(key) ?? { since: now, ended: {} };
  if (memento.get(key) === undefined) void memento.update(key, read());
  return {
    // One that a person stopped is no news to them.
    isUnseen: ({ id, status, reported, endedAt }) =>
      endedAt !== null &&
      (status === 'crashed' || (status === 'idle' && reported !== null)) &&
      endedAt > read().since &&
      endedAt !== read().ended[id],
    async saw(agent, endedAt) {
      const { since, ended } = read();
      if (endedAt === null || ended[agent] === endedAt) return;
      const rest = Object.entries(ended).filter(([id]) => id !== agent);
      const kept = [...rest, [agent, endedAt] as const].slice(-most);
      await memento.update(key, { since, ended: Object.fromEntries(kept) });
    },
  };
}
