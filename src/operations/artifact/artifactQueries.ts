import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { artifact, artifactStages, artifactTypes, version } from '../../domain/artifact/artifact.ts';
import { artifactId, sessionId, sprintId } from '../../domain/ids.ts';
import { page, pageOf } from '../../domain/page.ts';
import { chosenProject, mustFind } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { artifactLine, toArtifactLine } from './artifactLine.ts';
import { versionAt } from './versionAt.ts';

export const listArtifacts = defineOperation({
  id: 'artifact.list',
  title: 'List artifacts',
  summary: 'Lists artifacts without their content, in the order of their pages.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({
    project: z.string().optional().describe('Project id or slug; the active project when left out'),
    sprint: sprintId.optional(),
    session: sessionId.optional(),
    parent: artifactId.optional().describe('Only those directly below this page'),
    type: z.array(z.enum(artifactTypes)).optional(),
    stage: z.array(z.enum(artifactStages)).optional(),
    top: z.boolean().optional().describe('Only those without a parent: the root pages'),
    ...page,
  }),
  output: pageOf(artifactLine),
  run(context, input) {
    const projectId = chosenProject(context, input.project);
    const list = context.tables.artifact.list(
      {
        projectId: projectId ?? undefined,
        sprintId: input.sprint,
        sessionId: input.session,
        parentId: input.top === true ? null : input.parent,
        type: input.type,
        stage: input.stage,
      },
      input,
    );
    return ok({ ...list, items: list.items.map(toArtifactLine) });
  },
});

const versionLine = version.pick({ version: true, author: true, changeSummary: true, createdAt: true });

export const showArtifact = defineOperation({
  id: 'artifact.show',
  title: 'Show an artifact',
  summary: 'Shows an artifact with its content, as it is now or as one version had it.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['artifact', 'version'],
  input: z.object({
    artifact: artifactId,
    version: z.number().int().positive().optional().describe('The newest when left out'),
  }),
  output: artifact.extend({
    version: z.number().int().describe('The version shown'),
    newestVersion: z.number().int(),
    versionAuthor: z.string(),
    changeSummary: z.string(),
    openComments: z.number().int().describe('Remarks on any version that are not resolved'),
    pages: z.array(artifactLine).describe('The first 50 of those directly below it'),
    pageCount: z.number().int(),
  }),
  run(context, input) {
    const { tables } = context;
    const found = mustFind(tables.artifact, 'artifact', input.artifact);
    const shown = versionAt(context, found, input.version ?? found.version);
    const pages = tables.artifact.list({ parentId: found.id }, { limit: 50 });
    return ok({
      ...found,
      version: shown.version,
      content: shown.content,
      newestVersion: found.version,
      versionAuthor: shown.author,
      changeSummary: shown.changeSummary,
      openComments: tables.comment.count({ artifactId: found.id, parentId: null, resolvedAt: null }),
      pages: pages.items.map(toArtifactLine),
      pageCount: pages.items.length + pages.more,
    });
  },
});

export const listVersions = defineOperation({
  id: 'artifact.versions',
  title: 'List versions',
  summary: 'Lists the versions of an artifact: who wrote them, when, and what changed.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['artifact'],
  input: z.object({ artifact: artifactId, ...page }),
  output: pageOf(versionLine),
  run({ tables }, input) {
    const found = mustFind(tables.artifact, 'artifact', input.artifact);
    const list = tables.version.list({ artifactId: found.id }, input);
    return ok({
      ...list,
      items: list.items.map(({ version: number, author, changeSummary, createdAt }) => ({
        version: number,
        author,
        changeSummary,
        createdAt,
      })),
    });
  },
});

export const searchArtifacts = defineOperation({
  id: 'artifact.search',
  title: 'Search artifacts',
  summary: 'Finds artifacts by words in their titles and contents, best match first.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['text'],
  input: z.object({
    text: z.string().trim().min(1, 'must not be empty').describe('Words; the last may be a beginning'),
    ...page,
  }),
  output: pageOf(artifactLine),
  run({ tables }, input) {
    const list = tables.artifact.search(input.text, input);
    return ok({ ...list, items: list.items.map(toArtifactLine) });
  },
});
