import { expectOk } from '../../../base/result.ts';
import type { Event } from '../../../domain/event/event.ts';
import type { Client } from '../../../operations/client.ts';
import { agentGroup, type AgentGroup } from '../looks/agentLook.ts';
import { keyOf, top, type AgentRow, type Entity, type EntityPage } from '../model/entity.ts';
import type { Loaded, Touched, TreeSource } from '../model/treeSource.ts';

const groups: readonly AgentGroup[] = ['needed', 'live', 'ended'];
const isGroup = (id: string): id is AgentGroup => groups.some((group) => group === id);
/** More ended agents than this are folded at first. */
const mostOpen = 10;

type Counts = Readonly<Record<AgentGroup, number>>;

/** Agents that nobody has dismissed, in three groups: those that need the person, those at work, those that ended. */
export class AgentSource implements TreeSource {
  readonly #client: Client;
  readonly #isUnseen: (agent: AgentRow) => boolean;

  /** @param isUnseen whether it ended and the person has not looked at it since */
  constructor(client: Client, isUnseen: (agent: AgentRow) => boolean) {
    this.#client = client;
    this.#isUnseen = isUnseen;
  }

  async page(parent: Entity | null, limit: number, after: string | undefined): Promise<EntityPage> {
    if (parent === null) {
      const counts = await this.#counts();
      const items = groups
        .map((group) => groupEntity(group, counts))
        .filter(({ places }) => places.length > 0);
      return { items, more: 0, next: null };
    }
    if (!isGroup(parent.id)) return { items: [], more: 0, next: null };
    const list = expectOk(
      await this.#client.execute('agent.rows', {
        group: parent.id,
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    );
    return { items: list.items.map((row) => this.#entity(row)), more: list.more, next: list.next };
  }

  async read(keys: readonly string[]): Promise<ReadonlyMap<string, Entity>> {
    const of = (noun: string) =>
      keys.filter((key) => key.startsWith(`${noun}:`)).map((key) => key.slice(noun.length + 1));
    const entities = new Map<string, Entity>();
    const ids = of('agent');
    for (let at = 0; at < ids.length; at += 500) {
      const part = ids.slice(at, at + 500);
      const found = expectOk(await this.#client.execute('agent.rows', { agents: part, limit: 500 }));
      for (const row of found.items) entities.set(keyOf('agent', row.id), this.#entity(row));
    }
    const wanted = of('agentGroup').filter(isGroup);
    const counts = wanted.length === 0 ? undefined : await this.#counts();
    if (counts !== undefined)
      for (const group of wanted) entities.set(keyOf('agentGroup', group), groupEntity(group, counts));
    return entities;
  }

  touched(events: readonly Event[], loaded: Loaded): Touched {
    const rows = new Set<string>();
    for (const event of events) {
      const { noun, entityId, action, from, to } = event;
      if (noun === 'agent' && isNews(event)) rows.add(keyOf('agent', entityId));
      // What is gone cannot be read any more, so all groups count again: it is one call.
      if (noun === 'agent' && (action !== 'updated' || to?.['status'] !== undefined))
        for (const group of groups) rows.add(keyOf('agentGroup', group));
      // A question that is asked or answered shows on its asker's row.
      if (noun === 'message') {
        const asker = to?.['senderAgentId'] ?? from?.['senderAgentId'];
        if (typeof asker === 'string') rows.add(keyOf('agent', asker));
        else
          for (const { key, row } of loaded.all())
            if (row.kind === 'agent' && row.agent.asks !== null) rows.add(key);
      }
      if (noun === 'todo' && to?.['title'] !== undefined)
        for (const { key, row } of loaded.all())
          if (row.kind === 'agent' && row.agent.todoId === entityId) rows.add(key);
    }
    return { rows };
  }

  async #counts(): Promise<Counts> {
    return expectOk(await this.#client.execute('agent.rows', { limit: 1 })).counts;
  }

  #entity(agent: AgentRow): Entity {
    const group = keyOf('agentGroup', agentGroup(agent));
    return {
      key: keyOf('agent', agent.id),
      noun: 'agent',
      id: agent.id,
      row: { kind: 'agent', agent, unseen: this.#isUnseen(agent) },
      places: agent.dismissedAt === null ? [group] : [],
      order: agent.status,
      toldBy: [group],
      children: 'none',
    };
  }
}

/** Signs of life come ten times a second from each agent, and show in no row. */
const quiet = ['observed', 'lastSeenAt', 'inputTokens', 'outputTokens', 'costUsd', 'updatedAt'];

const isNews = ({ action, to }: Event): boolean =>
  action !== 'updated' || to === null || Object.keys(to).some((field) => !quiet.includes(field));

const groupEntity = (group: AgentGroup, counts: Counts): Entity => ({
  key: keyOf('agentGroup', group),
  noun: 'agentGroup',
  id: group,
  row: { kind: 'agentGroup', group, count: counts[group] },
  places: counts[group] === 0 ? [] : [top],
  order: groups.indexOf(group),
  toldBy: [],
  children: group === 'ended' && counts.ended > mostOpen ? 'folded' : 'open',
});
