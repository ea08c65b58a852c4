import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { project as projectRow, type Project, type ProjectStatus } from '../../domain/project/project.ts';
import type { SessionId } from '../../domain/ids.ts';
import { title } from '../../domain/todo/todo.ts';
import { given } from '../given.ts';
import { callerSession, mustFind, projectByRef } from '../lookup.ts';
import { mustBeQuiet } from '../mustBeQuiet.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { moveProject } from './moveProject.ts';
import { projectFields, projectRef, setRepositories } from './projectFields.ts';

const one = z.object({ project: projectRef });

export const updateProject = defineOperation({
  id: 'project.update',
  title: 'Change a project',
  summary:
    'Changes title, slug, description, mode, approvals, branch, repositories or who does which todos of a project.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['project'],
  input: one.extend({ title: title.optional(), ...z.object(projectFields).partial().shape }),
  output: projectRow,
  run(context, { project: ref, repositories, ...fields }) {
    const { tables } = context;
    const found = projectByRef(context, ref);
    const holder = fields.slug === undefined ? undefined : tables.project.findBySlug(fields.slug);
    if (holder !== undefined && holder.id !== found.id)
      refuseNow('conflict', `There is a project ${holder.slug} already.`, 'Choose another slug.');
    const changed: Project = { ...found, ...given(fields), updatedAt: context.now };
    tables.project.update(changed);
    if (repositories !== undefined) setRepositories(context, found.id, repositories);
    return ok(changed);
  },
});

export const switchProject = defineOperation({
  id: 'project.switch',
  title: 'Switch the active project',
  summary:
    'Makes a project the active one of your session, or none: new todos, sprints and artifacts go there.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['project'],
  input: z.object({ project: projectRef.nullable().describe('Project id or slug; null for none') }),
  output: z.object({ project: projectRow.nullable() }),
  run(context, input) {
    const session = ownSession(context);
    const found = input.project === null ? null : projectByRef(context, input.project);
    if (found?.status === 'archived')
      refuseNow(
        'conflict',
        `Project ${found.slug} is archived.`,
        `Reopen it: sloop project reopen ${found.slug}.`,
      );
    const { tables, now } = context;
    tables.session.update({
      ...mustFind(tables.session, 'session', session),
      projectId: found?.id ?? null,
      lastActivityAt: now,
      updatedAt: now,
    });
    return ok({ project: found });
  },
});

function ownSession({ caller }: OperationContext): SessionId {
  return (
    callerSession(caller) ??
    refuseNow('conflict', 'You have no session.', 'Start one: sloop session start, and connect with it.')
  );
}

/** The three commands that move a project differ in their target alone. */
const mover = <Id extends string>(id: Id, to: ProjectStatus, words: { title: string; summary: string }) =>
  defineOperation({
    id,
    ...words,
    effect: 'write',
    permission: 'person',
    surfaces: ['cli', 'palette'],
    positional: ['project'],
    input: one,
    output: projectRow,
    run(context, input) {
      const found = projectByRef(context, input.project);
      if (to !== 'active') mustBeQuiet(context, `Project ${found.slug}`, { projectId: found.id });
      return ok(moveProject(context, found, to));
    },
  });

export const completeProject = mover('project.complete', 'completed', {
  title: 'Complete a project',
  summary: 'Marks a project as done; reopen takes it up again.',
});

export const archiveProject = mover('project.archive', 'archived', {
  title: 'Archive a project',
  summary: 'Puts a project out of the lists; nothing of it is removed.',
});

export const reopenProject = mover('project.reopen', 'active', {
  title: 'Reopen a project',
  summary: 'Makes a completed or archived project active again.',
});
