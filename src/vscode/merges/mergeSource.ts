import { expectOk, type Result } from '../../base/result.ts';
import type { Event } from '../../domain/event/event.ts';
import type { Client } from '../../operations/client.ts';
import {
  keyOf,
  top,
  type Entity,
  type EntityPage,
  type MergeGroup,
  type MergeRow,
  type WorktreeRow,
} from '../trees/model/entity.ts';
import type { Touched, TreeSource } from '../trees/model/treeSource.ts';

const groups: readonly MergeGroup[] = [
  'waiting_approval',
  'conflict',
  'failed',
  'queued',
  'merged',
  'kept',
  'orphan',
];

/** Groups that ask for something lie open; what is only to be known lies folded. */
const folded: readonly MergeGroup[] = ['merged', 'kept'];

const pageSize = 500;

interface Queue {
  readonly merges: readonly MergeRow[];
  readonly worktrees: readonly WorktreeRow[];
}

/**
 * The merge queue, and worktrees in which nobody works. Both are short: what is done leaves them, so all of it is
 * read again when something of it changed.
 */
export class MergeSource implements TreeSource {
  readonly #client: Client;
  readonly #now: () => number;
  /** Read once for all branches that are listed in one go. */
  #reading: Promise<Queue> | undefined;

  constructor(client: Client, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  async page(parent: Entity | null): Promise<EntityPage> {
    const queue = await this.#queue();
    if (parent === null) return whole(groups.map((group) => groupEntity(group, queue)).filter(isShown));
    const of = entitiesOf(queue).filter(({ places }) => places.includes(parent.key));
    return whole(parent.id === 'merged' ? of.toReversed() : of);
  }

  async read(keys: readonly string[]): Promise<ReadonlyMap<string, Entity>> {
    const queue = await this.#queue();
    const all = [...groups.map((group) => groupEntity(group, queue)), ...entitiesOf(queue)];
    return new Map(all.filter(({ key }) => keys.includes(key)).map((entity) => [entity.key, entity]));
  }

  touched(events: readonly Event[]): Touched {
    const bears = events.some(({ noun }) => noun === 'merge' || noun === 'worktree');
    if (bears) this.#reading = undefined;
    return { rows: [], everything: bears };
  }

  #queue(): Promise<Queue> {
    if (this.#reading !== undefined) return this.#reading;
    const reading = this.#read();
    this.#reading = reading;
    // What comes next is read afresh; what is asked for meanwhile is the same.
    void reading.catch(() => undefined).then(() => setTimeout(() => this.#forget(reading)));
    return reading;
  }

  #forget(reading: Promise<Queue>): void {
    if (this.#reading === reading) this.#reading = undefined;
  }

  async #read(): Promise<Queue> {
    const midnight = new Date(this.#now()).setHours(0, 0, 0, 0);
    const today = new Date(midnight).toISOString();
    const [open, merged, worktrees] = await Promise.all([
      all((page) => this.#client.execute('merge.rows', { ...page, limit: pageSize })),
      all((page) =>
        this.#client.execute('merge.rows', { ...page, limit: pageSize, ended: true, since: today }),
      ),
      all((page) => this.#client.execute('worktree.rows', { ...page, limit: pageSize })),
    ]);
    return {
      merges: [...open, ...merged.filter(({ status }) => status === 'merged')],
      worktrees: worktrees.filter((row) => groupOfWorktree(row) !== null),
    };
  }
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

async function all<T>(
  read: (page: { readonly after?: string }) => Promise<Result<Page<T>>>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const page: Page<T> = expectOk(await read(after === null ? {} : { after }));
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}

const whole = (items: readonly Entity[]): EntityPage => ({ items, more: 0, next: null });
const isShown = ({ places }: Entity): boolean => places.length > 0;

const groupOfMerge = ({ status }: MergeRow): MergeGroup | null => (status === 'cancelled' ? null : status);

/** Those in use are their agents' business. */
const groupOfWorktree = ({ status }: WorktreeRow): MergeGroup | null =>
  status === 'orphan' ? 'orphan' : status === 'kept' || status === 'failed' ? 'kept' : null;

const entitiesOf = ({ merges, worktrees }: Queue): Entity[] => [
  ...merges.map((merge) =>
    entity('merge', merge.id, { kind: 'merge', merge }, groupOfMerge(merge), merge.createdAt),
  ),
  ...worktrees.map((worktree) =>
    entity(
      'worktree',
      worktree.id,
      { kind: 'worktree', worktree },
      groupOfWorktree(worktree),
      worktree.createdAt,
    ),
  ),
];

const entity = (
  noun: string,
  id: string,
  row: Entity['row'],
  group: MergeGroup | null,
  order: string,
): Entity => ({
  key: keyOf(noun, id),
  noun,
  id,
  row,
  places: group === null ? [] : [keyOf('mergeGroup', group)],
  order,
  toldBy: [],
  children: 'none',
});

function groupEntity(group: MergeGroup, { merges, worktrees }: Queue): Entity {
  const count =
    merges.filter((row) => groupOfMerge(row) === group).length +
    worktrees.filter((row) => groupOfWorktree(row) === group).length;
  return {
    key: keyOf('mergeGroup', group),
    noun: 'mergeGroup',
    id: group,
    row: { kind: 'mergeGroup', group, count },
    places: count === 0 ? [] : [top],
    order: groups.indexOf(group),
    toldBy: [],
    children: folded.includes(group) ? 'folded' : 'open',
  };
}
