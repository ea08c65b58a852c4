import { expectOk } from '../../../base/result.ts';
import type { Event } from '../../../domain/event/event.ts';
import type { Client, InputOf } from '../../../operations/client.ts';
import { keyOf, top, type Entity, type EntityPage, type TodoRow } from '../model/entity.ts';
import type { Touched, TreeSource } from '../model/treeSource.ts';
import { folderKey, projectEntity, sprintEntity, todoEntity } from './workEntities.ts';

/** What todos have to be like to be shown. */
export type Criteria = Pick<InputOf<'todo.filter'>, 'text' | 'status' | 'priority' | 'assignee'>;

const mostMatches = 500;

/** The todos that match, of every depth, below their sprints and projects: all of it open, nothing else. */
export class FilterSource implements TreeSource {
  readonly #client: Client;
  readonly #criteria: Criteria;
  #children: ReadonlyMap<string, readonly Entity[]> = new Map();
  #left = 0;

  constructor(client: Client, criteria: Criteria) {
    this.#client = client;
    this.#criteria = criteria;
  }

  /** Matches that are not shown; the view says so. */
  get left(): number {
    return this.#left;
  }

  async page(parent: Entity | null): Promise<EntityPage> {
    if (parent === null) await this.#search();
    return { items: this.#children.get(parent?.key ?? top) ?? [], more: 0, next: null };
  }

  read(): Promise<ReadonlyMap<string, Entity>> {
    return Promise.resolve(new Map());
  }

  touched(events: readonly Event[]): Touched {
    const bears = events.some(({ noun }) => noun === 'todo' || noun === 'sprint' || noun === 'project');
    return { rows: [], everything: bears };
  }

  async #search(): Promise<void> {
    const found = expectOk(
      await this.#client.execute('todo.filter', { ...this.#criteria, limit: mostMatches }),
    );
    this.#left = found.more;
    const sprints = distinct(found.items.map(({ sprintId }) => sprintId));
    const projects = distinct(found.items.map(({ projectId }) => projectId));
    const [ofSprints, ofProjects] = await Promise.all([
      this.#client.execute('sprint.rows', { sprints, limit: mostMatches }),
      this.#client.execute('project.rows', { projects, limit: mostMatches }),
    ]);
    const children = new Map<string, Entity[]>();
    const add = (place: string, entity: Entity) => {
      const standing = children.get(place) ?? [];
      if (!standing.some(({ key }) => key === entity.key)) children.set(place, [...standing, entity]);
    };
    const projectOf = new Map(expectOk(ofProjects).items.map((row) => [row.id as string, row]));
    const sprintOf = new Map(expectOk(ofSprints).items.map((row) => [row.id as string, row]));
    const withProject = (id: string | null): string => {
      const project = id === null ? undefined : projectOf.get(id);
      if (project === undefined) return top;
      const entity = inFilter(projectEntity(project), top);
      add(top, entity);
      return entity.key;
    };
    for (const todo of found.items) {
      const place = withProject(todo.projectId);
      const sprint = todo.sprintId === null ? undefined : sprintOf.get(todo.sprintId);
      const same = (one: TodoRow) => one.sprintId === todo.sprintId && one.projectId === todo.projectId;
      const matches = found.items.filter(same).length;
      const folder: Entity =
        sprint === undefined
          ? backlog(todo.projectId, matches, place)
          : { ...inFilter(sprintEntity(sprint), place), row: { kind: 'sprint', sprint, matches } };
      add(place, folder);
      add(folder.key, { ...inFilter(todoEntity(todo, true), folder.key), children: 'none' });
    }
    this.#children = children;
  }
}

const distinct = <T>(ids: readonly (T | null)[]): T[] => [...new Set(ids.filter((id) => id !== null))];

/** Keys of its own: that a row lies open here says nothing about the whole tree. */
const inFilter = (entity: Entity, place: string): Entity => ({
  ...entity,
  key: `found>${entity.key}`,
  places: [place],
  toldBy: [],
  children: 'open',
});

const backlog = (project: string | null, matches: number, place: string): Entity =>
  inFilter(
    {
      key: folderKey('backlog', project),
      noun: 'backlog',
      id: project ?? keyOf('backlog', 'none'),
      row: { kind: 'backlog', ofProject: project !== null, count: matches },
      places: [place],
      order: 0,
      toldBy: [],
      children: 'open',
    },
    place,
  );
