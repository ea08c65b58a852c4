import { expectOk } from '../../../base/result.ts';
import type { Event } from '../../../domain/event/event.ts';
import type { Client } from '../../../operations/client.ts';
import { firstLine } from '../looks/words.ts';
import { keyOf, top, type Entity, type EntityPage, type InboxItem } from '../model/entity.ts';
import type { Touched, TreeSource } from '../model/treeSource.ts';

/** What waits for the person, and what they have not read. */
export class InboxSource implements TreeSource {
  readonly #client: Client;
  readonly #isHidden: (item: InboxItem) => boolean;

  /** @param isHidden what the person put aside: a failed loop has nothing that would ever take it out */
  constructor(client: Client, isHidden: (item: InboxItem) => boolean) {
    this.#client = client;
    this.#isHidden = isHidden;
  }

  async page(parent: Entity | null, limit: number, after: string | undefined): Promise<EntityPage> {
    if (parent !== null) return { items: [], more: 0, next: null };
    const request = { limit, ...(after === undefined ? {} : { after }) };
    const list = expectOk(await this.#client.execute('message.inbox', request));
    const items = list.items.filter((item) => !this.#isHidden(item));
    const { about, doubles } = await this.#about(items);
    const entities = items
      .map((item) => inboxEntity(item, about.get(keyOf(item.kind, item.id)) ?? null))
      .filter(({ key }) => !doubles.has(key));
    return { ...list, items: entities };
  }

  read(): Promise<ReadonlyMap<string, Entity>> {
    return Promise.resolve(new Map());
  }

  touched(events: readonly Event[]): Touched {
    return { rows: [], branches: events.some(bearsOnInbox) ? [top] : [] };
  }

  /** What tells items apart beside their titles. */
  async #about(items: readonly InboxItem[]): Promise<About> {
    const ids = (kind: InboxItem['kind']) => items.filter((item) => item.kind === kind).map(({ id }) => id);
    const about = new Map<string, string>();
    const doubles = new Set<string>();
    const artifacts = ids('review');
    if (artifacts.length > 0) {
      const rows = expectOk(
        await this.#client.execute('artifact.rows', { artifacts: artifacts, limit: 500 }),
      );
      for (const { id, type, version } of rows.items)
        about.set(keyOf('review', id), `review ${type === 'loop_output' ? 'output' : type} v${version}`);
    }
    const loops = ids('loop');
    if (loops.length > 0) {
      const rows = expectOk(await this.#client.execute('loop.rows', { loops: loops, limit: 500 }));
      for (const { id, goal, status, inReview } of rows.items) {
        about.set(keyOf('loop', id), status === 'failed' ? 'failed' : 'waits for you');
        if (inReview === null || !artifacts.includes(inReview)) continue;
        // One decision is one item: the review of the artifact that the loop waits for.
        doubles.add(keyOf('inbox-loop', id));
        const before = about.get(keyOf('review', inReview)) ?? 'review';
        about.set(keyOf('review', inReview), `${before}, ${firstLine(goal)}`);
      }
    }
    const proposals = ids('proposal');
    if (proposals.length > 0) {
      const rows = expectOk(await this.#client.execute('proposal.list', { limit: 500 }));
      for (const { id, target, targetId } of rows.items)
        about.set(keyOf('proposal', id), `${targetId === null ? 'new' : 'change of a'} ${target}`);
    }
    for (const id of ids('todo')) about.set(keyOf('todo', id), 'needs approval');
    return { about, doubles };
  }
}

interface About {
  readonly about: ReadonlyMap<string, string>;
  /** Items that say what another one says already. */
  readonly doubles: ReadonlySet<string>;
}

const inboxEntity = (item: InboxItem, about: string | null): Entity => ({
  key: keyOf(`inbox-${item.kind}`, item.id),
  noun: nouns[item.kind],
  id: item.id,
  row: { kind: 'inbox', item, about },
  places: [top],
  order: item.since,
  toldBy: [],
  children: 'none',
});

const nouns: Readonly<Record<InboxItem['kind'], string>> = {
  question: 'message',
  review: 'artifact',
  proposal: 'proposal',
  todo: 'todo',
  gate: 'todo',
  loop: 'loop',
  merge: 'merge',
  account: 'account',
  agent: 'agent',
  message: 'message',
};

/** Agents write often; of that only what makes them wait is of interest here. */
export function bearsOnInbox({ noun, action, from, to }: Event): boolean {
  const names = (field: string) => to?.[field] !== undefined || from?.[field] !== undefined;
  switch (noun) {
    case 'message':
    case 'merge':
    case 'account':
      return true;
    case 'loop':
      return action === 'deleted' || names('status');
    case 'artifact':
      return action === 'deleted' || names('stage') || names('version');
    case 'todo':
      return action !== 'updated' || names('status') || names('gate') || names('sprintId');
    case 'sprint':
      return names('status');
    case 'proposal':
      return action !== 'updated' || names('status') || names('title');
    case 'agent':
      return action === 'deleted' || names('attention') || names('dismissedAt');
    default:
      return false;
  }
}
