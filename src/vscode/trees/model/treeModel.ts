import type { Event } from '../../../domain/event/event.ts';
import { lookOf } from '../looks/lookOf.ts';
import { keyOf, top, type Entity, type EntityPage, type TreeRow } from './entity.ts';
import type { Loaded, TreeSource } from './treeSource.ts';

/** One row in one place. The object stays the same while the row stands there: VS Code knows rows by it. */
export interface TreeNode {
  /** Unique in the tree. A thing that stands in two places has its own key in the first alone. */
  readonly key: string;
  readonly noun: string;
  readonly id: string;
  /** Key of the row that it stands below. */
  readonly place: string;
  readonly entity: Entity;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What is loaded of the rows below one row. */
interface Branch {
  nodes: readonly TreeNode[];
  pages: number;
  /** Found by `find` beyond the loaded pages, and shown behind them. */
  pinned: readonly string[];
}

/** Which rows to draw again, with what is loaded below them; null: all. */
export type Redraw = readonly TreeNode[] | null;

export const pageSize = 200;

/**
 * A lazily loaded tree. A change reads the changed rows alone, and lists again only the branches that gained, lost or
 * moved a row.
 */
export class TreeModel {
  readonly #source: TreeSource;
  readonly #nodes = new Map<string, TreeNode>();
  readonly #byEntity = new Map<string, Set<TreeNode>>();
  readonly #branches = new Map<string, Branch>();
  readonly #loading = new Map<string, Promise<Branch>>();
  #epoch = 0;

  constructor(source: TreeSource) {
    this.#source = source;
  }

  /** What stands below a row, or at the top: loaded at the first call. */
  async children(node: TreeNode | null): Promise<readonly TreeNode[]> {
    if (node !== null && node.entity.children === 'none') return [];
    return (await this.#branch(node?.key ?? top)).nodes;
  }

  parentOf(node: TreeNode): TreeNode | null {
    return this.#nodes.get(node.place) ?? null;
  }

  /** Loads the next page of the branch in which this "more" row stands. */
  async loadMore(more: TreeNode): Promise<Redraw> {
    const branch = this.#branches.get(more.place);
    if (branch === undefined) return [];
    branch.pages += 1;
    await this.#list(more.place);
    return this.#redrawOf([more.place]);
  }

  /** Forgets everything; the next look loads anew. */
  forget(): void {
    this.#epoch += 1;
    this.#nodes.clear();
    this.#byEntity.clear();
    this.#branches.clear();
    this.#loading.clear();
  }

  /** Rows that are loaded, for looks that change with time. */
  nodes(): Iterable<TreeNode> {
    return this.#nodes.values();
  }

  async apply(events: readonly Event[]): Promise<Redraw> {
    const epoch = this.#epoch;
    const touched = this.#source.touched(events, this.#loaded);
    if (touched.everything === true) return this.relist();
    const stale = new Set(touched.branches ?? []);
    const changed = new Set<TreeNode>();
    const first = new Set(touched.rows);
    const tellers = await this.#reread([...first], stale, changed);
    const second = [...tellers].filter((key) => !first.has(key) && key !== top);
    await this.#reread(second, stale, changed);
    if (epoch !== this.#epoch) return [];
    const listed = [...stale].filter((key) => this.#branches.has(key));
    for (const key of listed) if (this.#branches.has(key)) await this.#list(key);
    const below = this.#redrawOf(listed);
    return below === null ? null : [...new Set([...changed, ...below])].filter((node) => this.#stands(node));
  }

  /** The row of a thing, wherever it is; loads the way to it. Null when it is in no place of this tree. */
  async find(noun: string, id: string): Promise<{ node: TreeNode; redraw: Redraw } | null> {
    // What is listed on the way would be no news to `apply` any more, so it is drawn from here.
    const listed = new Set<string>();
    const node = await this.#locate(keyOf(noun, id), listed);
    if (node === null) return null;
    // A row that had nothing below it is drawn as one that has.
    const parents = [...listed.add(node.place)].filter((key) => key !== top);
    await this.#reread(parents, new Set(), new Set());
    return { node, redraw: this.#redrawOf([...listed]) };
  }

  readonly #loaded: Loaded = {
    get: (key) => this.#nodes.get(key)?.entity,
    all: () => [...this.#nodes.values()].map(({ entity }) => entity),
  };

  /** Reads rows again; says which rows tell of them. */
  async #reread(keys: readonly string[], stale: Set<string>, changed: Set<TreeNode>): Promise<Set<string>> {
    const tellers = new Set<string>();
    if (keys.length === 0) return tellers;
    const fresh = await this.#source.read(keys);
    for (const key of keys) {
      const now = fresh.get(key);
      const standing = [...(this.#byEntity.get(key) ?? [])];
      for (const node of standing) {
        for (const teller of node.entity.toldBy) tellers.add(teller);
        const stays = now?.places.includes(node.place) === true;
        if (!stays || now.order !== node.entity.order) stale.add(node.place);
        if (!stays) continue;
        if (differs(node.entity, now)) changed.add(node);
        // At once, also where it will be listed again: what is listed below it looks at it.
        (node as Writable<TreeNode>).entity = now;
      }
      for (const teller of now?.toldBy ?? []) tellers.add(teller);
      for (const place of now?.places ?? [])
        if (!standing.some((node) => node.place === place)) stale.add(place);
    }
    return tellers;
  }

  /** Lists again all that is loaded. */
  async relist(): Promise<Redraw> {
    // Parents first: what is gone with them is not listed any more.
    for (const key of [...this.#branches.keys()]) if (this.#branches.has(key)) await this.#list(key);
    return null;
  }

  async #branch(key: string): Promise<Branch> {
    return this.#branches.get(key) ?? this.#loading.get(key) ?? this.#list(key);
  }

  /** Lists a branch again, as far as it was loaded, and keeps the nodes that still stand in it. */
  #list(key: string): Promise<Branch> {
    const listing = this.#fetch(key).finally(() => {
      if (this.#loading.get(key) === listing) this.#loading.delete(key);
    });
    this.#loading.set(key, listing);
    return listing;
  }

  async #fetch(key: string): Promise<Branch> {
    const epoch = this.#epoch;
    const { pages = 1, pinned = [] } = this.#branches.get(key) ?? {};
    const parent = key === top ? null : (this.#nodes.get(key)?.entity ?? null);
    if (parent === null && key !== top) return { nodes: [], pages, pinned };
    const all = await this.#pages(parent, pages);
    const rows = [...(all.head ?? []), ...all.items, ...(all.tail ?? [])];
    const known = new Set(rows.map((row) => row.key));
    const stillPinned = pinned.filter((one) => !known.has(one));
    const extra = stillPinned.length === 0 ? [] : [...(await this.#source.read(stillPinned)).values()];
    const entities = [
      ...(all.head ?? []),
      ...all.items,
      ...extra.filter(({ places }) => places.includes(key)),
      ...(all.next === null ? [] : [moreEntity(key, all.more)]),
      ...(all.tail ?? []),
    ];
    if (epoch !== this.#epoch) return { nodes: [], pages, pinned };
    const before = this.#branches.get(key)?.nodes ?? [];
    const nodes = entities.map((entity) => this.#stand(entity, key));
    const branch = { nodes, pages, pinned: stillPinned };
    const kept = new Set(nodes);
    for (const node of before) if (!kept.has(node)) this.#drop(node);
    this.#branches.set(key, branch);
    return branch;
  }

  async #pages(parent: Entity | null, count: number): Promise<EntityPage> {
    let whole = await this.#source.page(parent, pageSize, undefined);
    for (let page = 1; page < count && whole.next !== null; page += 1) {
      const next = await this.#source.page(parent, pageSize, whole.next);
      whole = { ...whole, items: [...whole.items, ...next.items], more: next.more, next: next.next };
    }
    return whole;
  }

  #stand(entity: Entity, place: string): TreeNode {
    const key = entity.places[0] === place ? entity.key : `${place}>${entity.key}`;
    const standing = this.#nodes.get(key);
    if (standing?.place === place) {
      (standing as Writable<TreeNode>).entity = entity;
      return standing;
    }
    const node: TreeNode = { key, noun: entity.noun, id: entity.id, place, entity };
    if (standing !== undefined) this.#unindex(standing);
    this.#nodes.set(key, node);
    const same = this.#byEntity.get(entity.key) ?? new Set();
    this.#byEntity.set(entity.key, same.add(node));
    return node;
  }

  /** A row left its place. It may stand elsewhere by now, and then what is loaded below it is its own. */
  #drop(node: TreeNode): void {
    this.#unindex(node);
    if (this.#nodes.get(node.key) !== node) return;
    this.#nodes.delete(node.key);
    for (const below of this.#branches.get(node.key)?.nodes ?? []) this.#drop(below);
    this.#branches.delete(node.key);
  }

  #unindex(node: TreeNode): void {
    const same = this.#byEntity.get(node.entity.key);
    same?.delete(node);
    if (same?.size === 0) this.#byEntity.delete(node.entity.key);
  }

  #stands(node: TreeNode): boolean {
    return this.#nodes.get(node.key) === node;
  }

  #redrawOf(branches: readonly string[]): Redraw {
    if (branches.includes(top)) return null;
    return branches.flatMap((key) => this.#nodes.get(key) ?? []);
  }

  /** @param listed takes the branches that had to be listed. */
  async #locate(key: string, listed: Set<string>): Promise<TreeNode | null> {
    const standing = this.#nodes.get(key);
    if (standing !== undefined) return standing;
    const place = (await this.#source.read([key])).get(key)?.places[0];
    if (place === undefined) return null;
    if (place !== top && (await this.#locate(place, listed)) === null) return null;
    if (!this.#branches.has(place)) listed.add(place);
    const branch = await this.#branch(place);
    if (!this.#nodes.has(key)) {
      branch.pinned = [...branch.pinned, key];
      listed.add(place);
      await this.#list(place);
    }
    return this.#nodes.get(key) ?? null;
  }
}

const moreEntity = (place: string, left: number): Entity => ({
  key: `more>${place}`,
  noun: 'more',
  id: place,
  row: { kind: 'more', left },
  places: [place],
  order: 0,
  toldBy: [],
  children: 'none',
});

/** Whether it is seen: much of what rows know does not show, and drawing one draws all that lies open below it. */
const differs = (before: Entity, now: Entity): boolean =>
  shown(before.row) !== shown(now.row) || before.children !== now.children;

/** Time does not count here: rows that it changes are drawn again by the clock. */
const shown = (row: TreeRow): string => JSON.stringify(lookOf(row, 0));
