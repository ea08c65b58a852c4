import { sprint, type Sprint } from '../../domain/sprint/sprint.ts';

/** A sprint as lists show it. */
export const sprintLine = sprint.pick({
  id: true,
  number: true,
  title: true,
  status: true,
  reviewRound: true,
});

export const toSprintLine = ({ id, number, title, status, reviewRound }: Sprint) => ({
  id,
  number,
  title,
  status,
  reviewRound,
});
