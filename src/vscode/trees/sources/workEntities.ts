import { isDone } from '../looks/todoLook.ts';
import { noDispatch, type DispatchView } from './dispatchView.ts';
import {
  keyOf,
  top,
  type ArtifactRow,
  type Entity,
  type ProjectRow,
  type SprintRow,
  type TodoRow,
} from '../model/entity.ts';

/** Todos and artifacts that belong to no project stand in folders of their own. */
export const noProject = 'none';

export type Folder = 'backlog' | 'artifacts';

export const folderKey = (folder: Folder, project: string | null): string =>
  keyOf(folder, project ?? noProject);

export const projectEntity = (project: ProjectRow, dispatch: DispatchView = noDispatch): Entity => ({
  key: keyOf('project', project.id),
  noun: 'project',
  id: project.id,
  row: { kind: 'project', project, dispatch: dispatch.of(project.id), limit: dispatch.limit },
  places: [top],
  order: project.status,
  toldBy: [],
  children: startsOpen(project) ? 'open' : isEmpty(project) ? 'none' : 'folded',
});

/** The project that one works in lies open from the start, also before anything is in it: VS Code asks but once. */
const startsOpen = ({ active, underWay, status }: ProjectRow): boolean =>
  status === 'active' && (active || underWay);

const isEmpty = ({ sprints, backlog, artifacts }: ProjectRow): boolean =>
  sprints + backlog.all + artifacts === 0;

export interface FolderCounts {
  readonly backlog: { readonly open: number; readonly all: number };
  readonly artifacts: number;
}

/** Backlog and artifacts of a project; one that is empty is not shown. */
export function folderEntities(project: string | null, counts: FolderCounts, completed: boolean): Entity[] {
  const todos = completed ? counts.backlog.all : counts.backlog.open;
  const folder = (kind: Folder, shown: boolean, count: number): Entity => ({
    key: folderKey(kind, project),
    noun: kind,
    id: project ?? noProject,
    row: { kind, ofProject: project !== null, count },
    places: shown ? [project === null ? top : keyOf('project', project)] : [],
    order: 0,
    toldBy: [],
    children: 'folded',
  });
  return [
    folder('backlog', todos > 0, counts.backlog.open),
    folder('artifacts', counts.artifacts > 0, counts.artifacts),
  ];
}

/** A sprint that a loop made is there for the todos of its plan; without any the loops' tree says all of it. */
export const sprintEntity = (sprint: SprintRow): Entity => ({
  key: keyOf('sprint', sprint.id),
  noun: 'sprint',
  id: sprint.id,
  row: { kind: 'sprint', sprint, matches: null },
  places: sprint.origin === 'person' || sprint.progress.all > 0 ? [keyOf('project', sprint.projectId)] : [],
  order: sprint.number,
  toldBy: [keyOf('project', sprint.projectId)],
  children:
    sprint.progress.all + sprint.artifacts === 0
      ? 'none'
      : sprint.status === 'in_progress' || sprint.status === 'review'
        ? 'open'
        : 'folded',
});

export function todoEntity(todo: TodoRow, completed: boolean, dispatch: DispatchView = noDispatch): Entity {
  const place =
    todo.parentId !== null
      ? keyOf('todo', todo.parentId)
      : todo.sprintId !== null
        ? keyOf('sprint', todo.sprintId)
        : folderKey('backlog', todo.projectId);
  const below = completed ? todo.subtodos.all > 0 : todo.subtodos.all > todo.subtodos.done;
  return {
    key: keyOf('todo', todo.id),
    noun: 'todo',
    id: todo.id,
    row: { kind: 'todo', todo, turn: dispatch.turnOf(todo.id) },
    places: completed || !isDone(todo.status) ? [place] : [],
    order: todo.sortOrder,
    toldBy: [place, ...above(todo.sprintId)],
    children: below ? 'folded' : 'none',
  };
}

export function artifactEntity(artifact: ArtifactRow): Entity {
  const { id, parentId, projectId, sprintId } = artifact;
  const place =
    artifact.atTop || parentId === null ? folderKey('artifacts', projectId) : keyOf('artifact', parentId);
  // A project's root page stands for the folder itself.
  const isRoot = parentId === null && projectId !== null;
  const shown = artifact.type !== 'loop_output' && !isRoot;
  return {
    key: keyOf('artifact', id),
    noun: 'artifact',
    id,
    row: { kind: 'artifact', artifact },
    places: shown ? [place, ...(sprintId === null ? [] : [keyOf('sprint', sprintId)])] : [],
    order: artifact.sortOrder,
    toldBy: [place, ...above(sprintId)],
    children: artifact.pages > 0 ? 'folded' : 'none',
  };
}

/** Rows that count what lies somewhere below them. A project counts nothing that changes with one todo. */
export const above = (sprint: string | null): string[] => (sprint === null ? [] : [keyOf('sprint', sprint)]);
