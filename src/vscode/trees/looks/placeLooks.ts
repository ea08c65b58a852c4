import type { ProjectRow, SprintRow, TreeRow } from '../model/entity.ts';
import { blue, facts, green, muted, red, yellow, type Icon, type Look } from './look.ts';
import { count, plain, untilEnd } from './words.ts';

type DispatchedRow = Pick<Extract<TreeRow, { kind: 'project' }>, 'dispatch' | 'limit'>;

export function projectLook(
  project: ProjectRow,
  now: number,
  { dispatch, limit }: DispatchedRow = { dispatch: null, limit: 0 },
): Look {
  const own = projectText(project, now);
  const said = dispatch === null ? own : facts(dispatchText(dispatch, limit), own === 'idle' ? null : own);
  return {
    label: project.title,
    description: said,
    icon: { name: 'project' },
    context: `project.${project.status}${project.active ? '.active' : ''}.${dispatch?.dispatch ?? 'off'}`,
    spoken: `Project ${project.title}, ${facts(said, project.active ? 'active project' : null)}`,
  };
}

/** How many of its agents are at work, of those that may be in all. */
const dispatchText = ({ dispatch, agents, ready }: NonNullable<DispatchedRow['dispatch']>, limit: number) =>
  dispatch === 'paused'
    ? facts('dispatch paused', agents === 0 ? null : `${agents} at work`)
    : agents === 0 && ready === 0
      ? 'dispatch on, nothing ready'
      : `dispatch on, ${agents} of ${count(limit, 'agent')}`;

function projectText({ status, sprints, sprintEnds, underWay }: ProjectRow, now: number): string {
  if (status !== 'active') return status;
  if (!underWay) return 'idle';
  return facts(
    sprints === 0 ? null : count(sprints, 'sprint'),
    sprintEnds === null ? null : untilEnd(sprintEnds, now),
  );
}

const sprintIcons: Readonly<Record<SprintRow['status'], Icon>> = {
  planned: { name: 'circle-large', color: muted },
  approved: { name: 'pass', color: green },
  in_progress: { name: 'play-circle', color: blue },
  review: { name: 'eye', color: yellow },
  blocked: { name: 'circle-slash', color: yellow },
  rejected: { name: 'request-changes', color: red },
  complete: { name: 'pass-filled', color: green },
};

export function sprintLook(sprint: SprintRow, matches: number | null): Look {
  const label = `Sprint ${sprint.number}: ${sprint.title}`;
  const said = matches === null ? sprintText(sprint) : `${matches} found`;
  return {
    label,
    description: said,
    icon: sprintIcons[sprint.status],
    context: `sprint.${sprint.status}`,
    spoken: `${label}, ${plain(sprint.status)}, ${sprint.progress.done} of ${count(sprint.progress.all, 'todo')} complete${
      sprint.reviewRound > 0 ? `, review round ${sprint.reviewRound} of ${sprint.maxReviewRounds}` : ''
    }`,
  };
}

function sprintText({ status, progress, reviewRound, waitsFor }: SprintRow): string {
  const far = progress.all === 0 ? null : `${progress.done}/${progress.all}`;
  const round = reviewRound === 0 ? null : `review round ${reviewRound}`;
  switch (status) {
    case 'complete':
      return far === null ? 'complete' : `complete ${far}`;
    case 'in_progress':
      return facts(far ?? 'no todos', round);
    case 'review':
      return facts('in review', round ?? far);
    case 'rejected':
      return facts('changes requested', round ?? far);
    case 'planned':
    case 'approved':
      return facts(waitsFor > 0 ? `waits for ${count(waitsFor, 'sprint')}` : status, far);
    case 'blocked':
      return facts('blocked', far);
  }
}

type Folder = Extract<TreeRow, { kind: 'backlog' | 'artifacts' }>;

export function folderLook({ kind, ofProject, count: within }: Folder): Look {
  const [name, icon, thing] =
    kind === 'backlog' ? ['Backlog', 'inbox', 'open todo'] : ['Artifacts', 'files', 'artifact'];
  const label = ofProject ? name : `${kind === 'backlog' ? 'Todos' : name} without a project`;
  return {
    label,
    description: String(within),
    icon: { name: icon },
    context: ofProject ? kind : `${kind}.loose`,
    spoken: `${label}, ${count(within, thing)}`,
  };
}
