import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { project } from '../../domain/project/project.ts';
import { title } from '../../domain/todo/todo.ts';
import { given } from '../given.ts';
import { defineOperation } from '../operation.ts';
import { insertProject } from './insertProject.ts';
import { projectFields, setRepositories } from './projectFields.ts';

export const createProject = defineOperation({
  id: 'project.create',
  title: 'Create a project',
  summary: 'Makes a project with its root page; it becomes active where no other is.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['title'],
  input: z.object({ title, ...z.object(projectFields).partial().shape }),
  output: project,
  run(context, { repositories, ...fields }) {
    const { tables, caller, now } = context;
    const made = insertProject(context, { title: fields.title, ...given(fields) });
    if (repositories !== undefined) setRepositories(context, made.id, repositories);
    const session =
      caller.kind === 'person' && caller.sessionId !== null
        ? tables.session.find(caller.sessionId)
        : undefined;
    if (session?.projectId === null)
      tables.session.update({ ...session, projectId: made.id, lastActivityAt: now, updatedAt: now });
    return ok(made);
  },
});
