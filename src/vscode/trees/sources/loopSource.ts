import { expectOk } from '../../../base/result.ts';
import type { Event } from '../../../domain/event/event.ts';
import type { Client, OutputOf } from '../../../operations/client.ts';
import { keyOf, top, type Entity, type EntityPage, type LoopRow } from '../model/entity.ts';
import type { Loaded, Touched, TreeSource } from '../model/treeSource.ts';

type Shown = OutputOf<'loop.show'>;

/** Loops, their rounds, and the stages of those. */
export class LoopSource implements TreeSource {
  readonly #client: Client;
  /** Rounds and stages of one loop come together; a change of the loop drops them. */
  readonly #shown = new Map<string, Promise<Shown>>();

  constructor(client: Client) {
    this.#client = client;
  }

  async page(parent: Entity | null, limit: number, after: string | undefined): Promise<EntityPage> {
    if (parent === null) {
      const request = { limit, ...(after === undefined ? {} : { after }) };
      const list = expectOk(await this.#client.execute('loop.rows', request));
      return { ...list, items: list.items.map(loopEntity) };
    }
    if (parent.row.kind === 'loop') return whole(roundsOf(parent.row.loop, await this.#show(parent.id)));
    if (parent.row.kind !== 'round') return whole([]);
    const { loop, round } = parent.row;
    const found = (await this.#show(loop.id)).rounds.find(({ number }) => number === round.number);
    return whole(
      (found?.stages ?? []).map((stage): Entity => {
        const waits =
          stage.status === 'running' && loop.inReview !== null && stage.artifactId === loop.inReview;
        return {
          key: keyOf('stage', stage.id),
          noun: 'stage',
          id: stage.id,
          row: { kind: 'stage', stage, waits },
          places: [parent.key],
          order: stage.position,
          toldBy: [],
          children: 'none',
        };
      }),
    );
  }

  /** Loops alone are read one by one; what lies below one is listed again as a whole. */
  async read(keys: readonly string[]): Promise<ReadonlyMap<string, Entity>> {
    const loops = keys.filter((key) => key.startsWith('loop:')).map((key) => key.slice('loop:'.length));
    const entities = new Map<string, Entity>();
    for (let at = 0; at < loops.length; at += 500) {
      const part = loops.slice(at, at + 500);
      const found = expectOk(await this.#client.execute('loop.rows', { loops: part, limit: 500 }));
      for (const row of found.items) entities.set(keyOf('loop', row.id), loopEntity(row));
    }
    return entities;
  }

  touched(events: readonly Event[], loaded: Loaded): Touched {
    const loops = new Set<string>();
    for (const event of events) for (const id of loopsOf(event, loaded)) loops.add(id);
    for (const id of loops) this.#shown.delete(id);
    const rounds = [...loaded.all()].filter(({ row }) => row.kind === 'round' && loops.has(row.loop.id));
    return {
      rows: [...loops].map((id) => keyOf('loop', id)),
      branches: [...[...loops].map((id) => keyOf('loop', id)), ...rounds.map(({ key }) => key)],
    };
  }

  #show(loop: string): Promise<Shown> {
    const known = this.#shown.get(loop);
    if (known !== undefined) return known;
    const showing = this.#client
      .execute('loop.show', { loop: loop, rounds: 1000 })
      .then((result) => expectOk(result));
    this.#shown.set(loop, showing);
    // A failure is not kept: the next look asks again.
    showing.catch(() => this.#shown.delete(loop));
    return showing;
  }
}

const whole = (items: readonly Entity[]): EntityPage => ({ items, more: 0, next: null });

/** Those that wait for the person, then what runs. */
const ranks: Readonly<Record<LoopRow['status'], number>> = {
  blocked: 0,
  running: 1,
  paused: 2,
  completed: 3,
  failed: 3,
  cancelled: 3,
};

const loopEntity = (loop: LoopRow): Entity => ({
  key: keyOf('loop', loop.id),
  noun: 'loop',
  id: loop.id,
  row: { kind: 'loop', loop },
  places: [top],
  order: ranks[loop.status],
  toldBy: [],
  children: loop.round === 0 ? 'none' : ranks[loop.status] < 2 ? 'open' : 'folded',
});

const roundsOf = (loop: LoopRow, { rounds }: Shown): Entity[] =>
  rounds.map((round) => ({
    key: keyOf('round', `${loop.id}/${round.number}`),
    noun: 'iteration',
    id: `${loop.id}/${round.number}`,
    row: { kind: 'round', loop, round },
    places: [keyOf('loop', loop.id)],
    order: round.number,
    toldBy: [],
    children: round.stages.length === 0 ? 'none' : round.status === 'running' ? 'open' : 'folded',
  }));

/** Changes of rounds and stages name their loop when they are made; later ones bear on loops that are open. */
function* loopsOf({ noun, entityId, to, from }: Event, loaded: Loaded): Iterable<string> {
  if (noun === 'loop') yield entityId;
  if (noun === 'artifact' && to?.['stage'] !== undefined) yield* livingLoops(loaded);
  if (noun !== 'iteration' && noun !== 'stage' && noun !== 'attempt') return;
  const named = to?.['loopId'] ?? from?.['loopId'];
  if (typeof named === 'string') yield named;
  else yield* livingLoops(loaded);
}

function* livingLoops(loaded: Loaded): Iterable<string> {
  for (const { row, id } of loaded.all()) if (row.kind === 'loop' && ranks[row.loop.status] < 3) yield id;
}
