import { refuseNow } from '../../base/result.ts';
import { slugFrom, type Project } from '../../domain/project/project.ts';
import { insertArtifact } from '../artifact/insertArtifact.ts';
import { insertFresh } from '../insertFresh.ts';
import type { OperationContext } from '../operation.ts';

/** What a new project may say of itself; the rest has the usual values. */
export type NewProject = Pick<Project, 'title'> &
  Partial<
    Pick<
      Project,
      | 'slug'
      | 'description'
      | 'mode'
      | 'mergeRequiresApproval'
      | 'todosRequireApproval'
      | 'branch'
      | 'dispatchRules'
      | 'isolation'
    >
  >;

/** Makes a project with its root page. A slug that was asked for is refused when taken; a derived one gets a number. */
export function insertProject(context: OperationContext, fields: NewProject): Project {
  const { tables, now } = context;
  const slug = fields.slug ?? freeSlug(context, slugFrom(fields.title));
  if (tables.project.findBySlug(slug) !== undefined)
    refuseNow('conflict', `There is a project ${slug} already.`, 'Choose another slug.');
  const project = insertFresh(context, tables.project, 'project', {
    slug,
    title: fields.title,
    description: fields.description ?? '',
    status: 'active',
    workflowState: null,
    mode: fields.mode ?? 'partial',
    mergeRequiresApproval: fields.mergeRequiresApproval ?? false,
    todosRequireApproval: fields.todosRequireApproval ?? false,
    branch: fields.branch ?? null,
    dispatch: 'off',
    dispatchRules: fields.dispatchRules ?? [],
    isolation: fields.isolation ?? 'worktree',
    createdAt: now,
    updatedAt: now,
  });
  insertArtifact(context, { title: project.title, type: 'page', content: '', projectId: project.id });
  return project;
}

function freeSlug({ tables }: OperationContext, wanted: string): string {
  let slug = wanted;
  for (let number = 2; tables.project.findBySlug(slug) !== undefined; number += 1) {
    const ending = `-${number}`;
    slug = `${wanted.slice(0, 64 - ending.length).replace(/-+$/, '')}${ending}`;
  }
  return slug;
}
