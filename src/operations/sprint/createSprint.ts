import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { sprint } from '../../domain/sprint/sprint.ts';
import { title } from '../../domain/todo/todo.ts';
import { given } from '../given.ts';
import { requireProject } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { insertSprint } from './insertSprint.ts';
import { checkContract, sprintFields } from './sprintFields.ts';

export const createSprint = defineOperation({
  id: 'sprint.create',
  title: 'Create a sprint',
  summary: "Plans a sprint with the project's next number.",
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['title'],
  input: z.object({
    title,
    project: z.string().optional().describe('Project id or slug; the active project when left out'),
    ...z.object(sprintFields).partial().shape,
  }),
  output: sprint,
  run(context, { project, contract, title: name, ...fields }) {
    const projectId = requireProject(context, project);
    checkContract(context, projectId, contract);
    return ok(
      insertSprint(context, {
        projectId,
        title: name,
        contractArtifactId: contract ?? null,
        ...given(fields),
      }),
    );
  },
});
