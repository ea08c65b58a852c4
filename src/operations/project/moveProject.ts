import { expectOk } from '../../base/result.ts';
import { checkProjectMove, type Project, type ProjectStatus } from '../../domain/project/project.ts';
import type { OperationContext } from '../operation.ts';

/** The one place that writes a project's status. */
export function moveProject(context: OperationContext, project: Project, to: ProjectStatus): Project {
  const status = expectOk(checkProjectMove(project, to));
  const moved: Project = { ...project, status, updatedAt: context.now };
  context.tables.project.update(moved);
  return moved;
}
