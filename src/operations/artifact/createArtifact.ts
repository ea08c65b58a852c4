import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { artifact, artifactTypes } from '../../domain/artifact/artifact.ts';
import { artifactId, sprintId } from '../../domain/ids.ts';
import { title } from '../../domain/todo/todo.ts';
import { chosenProject, mustFind } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { artifactFields, metadataWith } from './artifactFields.ts';
import { insertArtifact } from './insertArtifact.ts';

const { content, ...optional } = artifactFields;

export const createArtifact = defineOperation({
  id: 'artifact.create',
  title: 'Create an artifact',
  summary:
    'Keeps a document, plan or output as version 1, a draft, at its place among the pages of the project.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['title'],
  input: z.object({
    title,
    content,
    type: z.enum(artifactTypes).default('document'),
    ...z.object(optional).partial().shape,
    project: z.string().optional().describe('Project id or slug; the active project when left out'),
    sprint: sprintId.optional(),
    parent: artifactId.optional().describe('The page that it goes below; the root page when left out'),
    persistent: z.boolean().optional().describe('Outlives its session although it has no project'),
  }),
  output: artifact,
  run(context, input) {
    const { tables, caller } = context;
    const own = caller.kind === 'agent' && input.project === undefined ? caller.sprintId : null;
    const wanted = input.sprint ?? own;
    const sprint = wanted === null ? undefined : mustFind(tables.sprint, 'sprint', wanted);
    const projectId =
      input.project === undefined && sprint !== undefined
        ? sprint.projectId
        : chosenProject(context, input.project);
    if (sprint !== undefined && sprint.projectId !== projectId)
      refuseNow(
        'invalid',
        'The sprint belongs to another project.',
        'Leave the project out, or name its own.',
      );
    return ok(
      insertArtifact(context, {
        title: input.title,
        type: input.type,
        content: input.content,
        language: input.language ?? null,
        filepath: input.filepath ?? null,
        metadata: metadataWith({}, input),
        projectId,
        sprintId: sprint?.id ?? null,
        parentId: input.parent ?? null,
        persistent: input.persistent ?? false,
      }),
    );
  },
});
