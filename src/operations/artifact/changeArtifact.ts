import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { artifact, type Artifact } from '../../domain/artifact/artifact.ts';
import { artifactId } from '../../domain/ids.ts';
import { title } from '../../domain/todo/todo.ts';
import { given } from '../given.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { artifactFields, metadataWith } from './artifactFields.ts';
import { versionAt } from './versionAt.ts';
import { writeVersion } from './writeVersion.ts';

const changeSummary = z
  .string()
  .trim()
  .max(2000)
  .describe('What changed and why, in a line; the list of versions shows it');

export const updateArtifact = defineOperation({
  id: 'artifact.update',
  title: 'Write a new version',
  summary:
    'Writes new content as the next version (a final artifact becomes a draft again), or changes title and other fields.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['artifact'],
  input: z.object({
    artifact: artifactId,
    title: title.optional(),
    ...z.object(artifactFields).partial().shape,
    changeSummary: changeSummary.optional(),
    basedOn: z
      .number()
      .int()
      .positive()
      .optional()
      .describe('The version that you started from; refused when there is a newer one'),
  }),
  output: artifact,
  run(context, input) {
    const found = mustFind(context.tables.artifact, 'artifact', input.artifact);
    if (input.basedOn !== undefined) mustBeNewest(found, input.basedOn);
    const { content, steps } = input;
    const fields = given({
      title: input.title,
      language: input.language,
      filepath: input.filepath,
      metadata:
        steps === undefined && input.metadata === undefined ? undefined : metadataWith(found.metadata, input),
    });
    // Steps are what a plan is approved for, so new ones are a new version even under the same text.
    if ((content === undefined || content === found.content) && steps === undefined) {
      const changed: Artifact = { ...found, ...fields, updatedAt: context.now };
      context.tables.artifact.update(changed);
      return ok(changed);
    }
    const summary = input.changeSummary ?? '';
    return ok(writeVersion(context, found, content ?? found.content, summary, fields));
  },
});

export const restoreArtifact = defineOperation({
  id: 'artifact.restore',
  title: 'Restore a version',
  summary: 'Writes the content of an earlier version as a new one; nothing in between is lost.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['artifact', 'version'],
  input: z.object({
    artifact: artifactId,
    version: z.number().int().positive().describe('The version to bring back'),
    changeSummary: changeSummary.optional(),
  }),
  output: artifact,
  run(context, input) {
    const found = mustFind(context.tables.artifact, 'artifact', input.artifact);
    const old = versionAt(context, found, input.version);
    if (old.version === found.version)
      refuseNow(
        'conflict',
        `Version ${old.version} is the newest one already.`,
        `Choose an earlier one: sloop artifact versions ${found.id}.`,
      );
    const summary = input.changeSummary ?? `Version ${old.version} restored`;
    return ok(writeVersion(context, found, old.content, summary));
  },
});

/** Refuses when somebody wrote a version after the one that the caller saw. */
export function mustBeNewest(found: Artifact, seen: number): void {
  if (seen === found.version) return;
  refuseNow(
    'conflict',
    seen > found.version
      ? `Artifact ${found.id} has no version ${seen}; the newest is ${found.version}.`
      : `Artifact ${found.id} has a newer version, ${found.version}, than ${seen}.`,
    `Read it first: sloop artifact show ${found.id}.`,
  );
}
