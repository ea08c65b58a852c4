import { project } from '../../domain/project/project.ts';
import { cutTo } from '../cutTo.ts';

/** A project as lists show it. */
export const projectLine = project.pick({ id: true, slug: true, title: true, status: true, mode: true });

export const toProjectLine = cutTo(projectLine);
