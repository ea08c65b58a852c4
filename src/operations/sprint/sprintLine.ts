import { sprint } from '../../domain/sprint/sprint.ts';
import { cutTo } from '../cutTo.ts';

/** A sprint as lists show it. */
export const sprintLine = sprint.pick({
  id: true,
  number: true,
  title: true,
  status: true,
  reviewRound: true,
});

export const toSprintLine = cutTo(sprintLine);
