import { expectOk } from '../../../base/result.ts';
import type { Event } from '../../../domain/event/event.ts';
import type { Client, InputOf } from '../../../operations/client.ts';
import { keyOf, type Entity, type EntityPage } from '../model/entity.ts';
import type { Loaded, Touched, TreeSource } from '../model/treeSource.ts';
import { noDispatch, readDispatch, type DispatchView } from './dispatchView.ts';
import {
  above,
  artifactEntity,
  folderEntities,
  folderKey,
  noProject,
  projectEntity,
  sprintEntity,
  todoEntity,
} from './workEntities.ts';

const empty: EntityPage = { items: [], more: 0, next: null };
/** What one call takes at most. */
const mostIds = 500;
/** Past this it is cheaper to list what is loaded again than to read each row. */
const mostRows = 2000;

/** Projects with their sprints, todos and artifacts. */
export class WorkSource implements TreeSource {
  readonly #client: Client;
  readonly #completed: () => boolean;
  /** As it was read last. */
  #dispatch: DispatchView = noDispatch;

  /** @param completed whether completed and cancelled todos are shown */
  constructor(client: Client, completed: () => boolean) {
    this.#client = client;
    this.#completed = completed;
  }

  async page(parent: Entity | null, limit: number, after: string | undefined): Promise<EntityPage> {
    const request = { limit, ...(after === undefined ? {} : { after }) };
    if (parent === null) return this.#projects(request);
    const project = parent.id === noProject ? null : parent.id;
    switch (parent.row.kind) {
      case 'project':
        return this.#sprints(parent.row.project, request);
      case 'sprint':
        return this.#ofSprint(parent.id, request, after === undefined);
      case 'backlog':
        return this.#todos({ project, ...request });
      case 'todo':
        return this.#todos({ parent: parent.id, ...request });
      case 'artifacts':
        return this.#artifacts({ project, ...request });
      case 'artifact':
        return this.#artifacts({ parent: parent.id, ...request });
      default:
        return empty;
    }
  }

  async read(keys: readonly string[]): Promise<ReadonlyMap<string, Entity>> {
    const bears = this.#dispatch.isOn ? /^(project|todo):/ : /^project:/;
    if (keys.some((key) => bears.test(key))) await this.#readDispatch();
    const ids = (noun: string) =>
      keys.filter((key) => key.startsWith(`${noun}:`)).map((key) => key.slice(noun.length + 1));
    const folders = [...ids('backlog'), ...ids('artifacts')];
    const projects = [...new Set([...ids('project'), ...folders.filter((id) => id !== noProject)])];
    const loose = folders.includes(noProject);
    const entities = await Promise.all([
      ...inParts(projects, loose).map((part) => this.#readProjects(part)),
      ...inParts(ids('sprint')).map(async (sprints) =>
        expectOk(
          await this.#client.execute('sprint.rows', { sprints: [...sprints], limit: mostIds }),
        ).items.map(sprintEntity),
      ),
      ...inParts(ids('todo')).map(async (todos) =>
        expectOk(await this.#client.execute('todo.rows', { todos: [...todos], limit: mostIds })).items.map(
          (row) => todoEntity(row, this.#completed(), this.#dispatch),
        ),
      ),
      ...inParts(ids('artifact')).map(async (artifacts) =>
        expectOk(
          await this.#client.execute('artifact.rows', { artifacts: [...artifacts], limit: mostIds }),
        ).items.map(artifactEntity),
      ),
    ]);
    const wanted = new Set(keys);
    return new Map(
      entities
        .flat()
        .filter(({ key }) => wanted.has(key))
        .map((entity) => [entity.key, entity]),
    );
  }

  touched(events: readonly Event[], loaded: Loaded): Touched {
    const rows = new Set<string>();
    for (const event of events) for (const key of touchedBy(event, loaded)) rows.add(key);
    for (const event of events) for (const key of this.#dispatched(event)) rows.add(key);
    return { rows, everything: rows.size > mostRows };
  }

  async #readDispatch(): Promise<void> {
    this.#dispatch = await readDispatch(this.#client);
  }

  /** Rows in which it shows that dispatch goes on: how many agents work, and who is next. */
  *#dispatched({ noun, action, to, projectId }: Event): Iterable<string> {
    if (projectId === null || this.#dispatch.of(projectId) === null) return;
    if (noun === 'agent' && (action !== 'updated' || to?.['status'] !== undefined))
      yield keyOf('project', projectId);
    if (noun === 'todo') for (const todo of this.#dispatch.soon) yield keyOf('todo', todo);
  }

  async #projects(request: Request): Promise<EntityPage> {
    const [answer] = await Promise.all([this.#client.execute('project.rows', request), this.#readDispatch()]);
    const list = expectOk(answer);
    return {
      ...list,
      items: list.items.map((row) => projectEntity(row, this.#dispatch)),
      tail: shown(folderEntities(null, list.withoutProject, this.#completed())),
    };
  }

  async #sprints(project: Parameters<typeof projectEntity>[0], request: Request): Promise<EntityPage> {
    const [list, now] = await Promise.all([
      this.#client.execute('sprint.rows', { project: project.id, ...request }),
      this.#client.execute('project.rows', { projects: [project.id] }),
    ]);
    const { items, more, next } = expectOk(list);
    const counts = expectOk(now).items[0] ?? project;
    return {
      items: items.map(sprintEntity),
      more,
      next,
      tail: shown(folderEntities(project.id, counts, this.#completed())),
    };
  }

  async #ofSprint(sprint: string, request: Request, first: boolean): Promise<EntityPage> {
    const todos = await this.#todos({ sprint: sprint, ...request });
    if (!first) return todos;
    const artifacts = await this.#artifacts({ sprint: sprint, limit: mostIds });
    return { ...todos, head: artifacts.items };
  }

  async #todos(input: InputOf<'todo.rows'>): Promise<EntityPage> {
    const completed = this.#completed();
    const list = expectOk(await this.#client.execute('todo.rows', { ...input, open: !completed }));
    return { ...list, items: list.items.map((row) => todoEntity(row, completed, this.#dispatch)) };
  }

  async #artifacts(input: InputOf<'artifact.rows'>): Promise<EntityPage> {
    const list = expectOk(await this.#client.execute('artifact.rows', input));
    return { ...list, items: list.items.map(artifactEntity) };
  }

  async #readProjects(projects: readonly string[]): Promise<Entity[]> {
    const found = expectOk(
      await this.#client.execute('project.rows', { projects: [...projects], limit: mostIds }),
    );
    return [
      ...found.items.flatMap((row) => [
        projectEntity(row, this.#dispatch),
        ...folderEntities(row.id, row, this.#completed()),
      ]),
      ...folderEntities(null, found.withoutProject, this.#completed()),
    ];
  }
}

interface Request {
  readonly limit: number;
  readonly after?: string;
}

const shown = (entities: readonly Entity[]) => entities.filter(({ places }) => places.length > 0);

function inParts(ids: readonly string[], evenIfNone = false): readonly (readonly string[])[] {
  if (ids.length === 0) return evenIfNone ? [[]] : [];
  const parts: (readonly string[])[] = [];
  for (let at = 0; at < ids.length; at += mostIds) parts.push(ids.slice(at, at + mostIds));
  return parts;
}

/** Rows that one change bears on. What is gone cannot be read any more: those that told of it are named here. */
function* touchedBy(event: Event, loaded: Loaded): Iterable<string> {
  const { noun, entityId, action, from, to } = event;
  switch (noun) {
    case 'todo':
      yield keyOf('todo', entityId);
      if (action === 'deleted' && from !== null) yield* tellersOf('todo', from);
      if (action === 'created') yield* emptyProject(event, loaded);
      // How many it still waits for changes without an event of its own.
      if (action === 'deleted' || to?.['status'] !== undefined)
        for (const { key, row } of loaded.all()) if (row.kind === 'todo' && row.todo.waitsFor > 0) yield key;
      return;
    case 'artifact':
      yield keyOf('artifact', entityId);
      if (action === 'deleted' && from !== null) yield* tellersOf('artifact', from);
      if (action === 'created') yield* emptyProject(event, loaded);
      return;
    case 'project':
    case 'sprint':
      yield keyOf(noun, entityId);
      if (noun === 'sprint' && event.projectId !== null) yield keyOf('project', event.projectId);
      return;
    case 'loop':
      if (event.projectId !== null) yield keyOf('project', event.projectId);
      return;
    case 'session':
      // Another project may be the active one now.
      for (const { key, row } of loaded.all()) if (row.kind === 'project') yield key;
      return;
    default:
  }
}

/** The first thing in a project lets it be opened. */
function* emptyProject({ projectId }: Event, loaded: Loaded): Iterable<string> {
  if (projectId === null) return;
  const key = keyOf('project', projectId);
  if (loaded.get(key)?.children === 'none') yield key;
}

function* tellersOf(noun: 'todo' | 'artifact', gone: Readonly<Record<string, unknown>>): Iterable<string> {
  const id = (field: string) => (typeof gone[field] === 'string' ? gone[field] : null);
  const parent = id('parentId');
  if (parent !== null) yield keyOf(noun, parent);
  yield* above(id('sprintId'));
  yield folderKey(noun === 'todo' ? 'backlog' : 'artifacts', id('projectId'));
}
