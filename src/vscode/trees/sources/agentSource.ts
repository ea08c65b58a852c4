import { expectOk } from '../../../base/result.ts';
import type { Event } from '../../../domain/event/event.ts';
import type { Client } from '../../../operations/client.ts';
import { agentGroup, agentRank } from '../looks/agentLook.ts';
import { keyOf, top, type AgentRow, type Entity, type EntityPage } from '../model/entity.ts';
import type { Loaded, Touched, TreeSource } from '../model/treeSource.ts';

/** Agents that nobody has dismissed, those first that wait for the person. */
export class AgentSource implements TreeSource {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async page(parent: Entity | null, limit: number, after: string | undefined): Promise<EntityPage> {
    if (parent !== null) return { items: [], more: 0, next: null };
    const request = { limit, ...(after === undefined ? {} : { after }) };
    const list = expectOk(await this.#client.execute('agent.rows', request));
    // Within a rank the order of the list stays.
    const items = list.items.map(agentEntity).toSorted((a, b) => Number(a.order) - Number(b.order));
    return { ...list, items };
  }

  async read(keys: readonly string[]): Promise<ReadonlyMap<string, Entity>> {
    const ids = keys.filter((key) => key.startsWith('agent:')).map((key) => key.slice('agent:'.length));
    const entities = new Map<string, Entity>();
    for (let at = 0; at < ids.length; at += 500) {
      const part = ids.slice(at, at + 500);
      const found = expectOk(await this.#client.execute('agent.rows', { agents: part, limit: 500 }));
      for (const row of found.items) entities.set(keyOf('agent', row.id), agentEntity(row));
    }
    return entities;
  }

  touched(events: readonly Event[], loaded: Loaded): Touched {
    const rows = new Set<string>();
    for (const { noun, entityId, to, from } of events) {
      if (noun === 'agent') rows.add(keyOf('agent', entityId));
      // A question that is asked or answered shows on its asker's row.
      if (noun === 'message') {
        const asker = to?.['senderAgentId'] ?? from?.['senderAgentId'];
        if (typeof asker === 'string') rows.add(keyOf('agent', asker));
        else
          for (const { key, row } of loaded.all())
            if (row.kind === 'agent' && row.agent.asks !== null) rows.add(key);
      }
    }
    return { rows };
  }
}

const agentEntity = (agent: AgentRow): Entity => ({
  key: keyOf('agent', agent.id),
  noun: 'agent',
  id: agent.id,
  row: { kind: 'agent', agent },
  places: agent.dismissedAt === null ? [top] : [],
  order: agentRank[agentGroup(agent)],
  toldBy: [],
  children: 'none',
});
