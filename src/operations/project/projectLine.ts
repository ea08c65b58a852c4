import { project, type Project } from '../../domain/project/project.ts';

/** A project as lists show it. */
export const projectLine = project.pick({ id: true, slug: true, title: true, status: true, mode: true });

export const toProjectLine = ({ id, slug, title, status, mode }: Project) => ({
  id,
  slug,
  title,
  status,
  mode,
});
