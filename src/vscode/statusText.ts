import { count } from './trees/looks/words.ts';

export interface StatusFacts {
  /** Title of the active project. */
  readonly project: string | null;
  readonly running: number;
  /** How many may run before dispatch starts no more; null while nothing is dispatched. */
  readonly limit: number | null;
  readonly waiting: number;
}

/** The status bar item's text with icons, the same in words, and what a click does. */
export function statusText({ project, running, limit, waiting }: StatusFacts) {
  const icons = [
    `$(checklist) ${project ?? 'Sloop'}`,
    ...(running === 0 && limit === null ? [] : [`$(robot) ${running}${limit === null ? '' : `/${limit}`}`]),
    ...(waiting === 0 ? [] : [`$(bell-dot) ${waiting}`]),
  ];
  const words = [
    ...(project === null ? [] : [`project ${project}`]),
    running === 0 ? 'no agent runs' : `${count(running, 'agent')} at work`,
    ...(limit === null ? [] : [`dispatch starts up to ${limit}`]),
    waiting === 0 ? 'nothing waits for you' : `${waiting} ${waiting === 1 ? 'waits' : 'wait'} for you`,
  ].join(', ');
  return { text: icons.join('  '), spoken: `Sloop: ${words}`, tooltip: `Sloop: ${words}` };
}
