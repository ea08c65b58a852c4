import { artifact } from '../../domain/artifact/artifact.ts';
import { cutTo } from '../cutTo.ts';

/** An artifact as lists show it: everything but its content. */
export const artifactLine = artifact.pick({
  id: true,
  title: true,
  type: true,
  stage: true,
  version: true,
  sprintId: true,
  parentId: true,
  createdBy: true,
  updatedAt: true,
});

export const toArtifactLine = cutTo(artifactLine);
