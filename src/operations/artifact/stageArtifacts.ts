import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { artifactStages, type Artifact, type ArtifactStage } from '../../domain/artifact/artifact.ts';
import { artifactId } from '../../domain/ids.ts';
import { mustFind } from '../lookup.ts';
import { standsAtGate } from '../loop/gate.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { artifactLine, toArtifactLine } from './artifactLine.ts';
import { mustBeNewest } from './changeArtifact.ts';
import { insertComment } from './commentArtifact.ts';
import { applyPlan } from './applyPlan.ts';
import { moveArtifact } from './moveArtifact.ts';
import { planOutcome, toPlanOutcome } from './planOutcome.ts';

export const stageArtifacts = defineOperation({
  id: 'artifact.stage',
  title: 'Change the stage of artifacts',
  summary:
    'Brings artifacts to review, back to draft with notes, or to final. A final plan creates its todos. Refused when there is a newer version than the one you saw.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['stage', 'artifacts'],
  input: z.object({
    artifacts: z.array(artifactId).min(1).max(200).describe('Artifact ids'),
    stage: z.enum(artifactStages),
    versions: z
      .array(z.number().int().positive())
      .optional()
      .describe('The version that you saw of each, in the same order; needed for final'),
    notes: z
      .string()
      .trim()
      .min(1)
      .max(20_000)
      .optional()
      .describe('What is to be changed, when it goes back to draft'),
  }),
  output: z.object({
    artifacts: z.array(artifactLine),
    plans: z.array(planOutcome).describe('What became of the todos of plans that are now final'),
  }),
  run(context, input) {
    const found = input.artifacts.map((id) => mustFind(context.tables.artifact, 'artifact', id));
    checkVersions(found, input.stage, input.versions);
    if (input.notes !== undefined && input.stage !== 'draft')
      refuseNow('invalid', 'Notes go with the way back to draft.', 'Leave them out, or write a comment.');
    const staged = found.map((artifact) => stageArtifact(context, artifact, input.stage, input.notes));
    return ok({
      artifacts: staged.map(({ artifact }) => toArtifactLine(artifact)),
      plans: staged.flatMap(({ plan }) => plan ?? []),
    });
  },
});

/** Moves one artifact with all that follows from it: notes become a comment, a final plan its todos. */
export function stageArtifact(
  context: OperationContext,
  artifact: Artifact,
  to: ArtifactStage,
  notes?: string,
): { readonly artifact: Artifact; readonly plan: z.input<typeof planOutcome> | null } {
  if (to === 'draft' && artifact.stage === 'final')
    refuseNow(
      'conflict',
      `Artifact ${artifact.id} (${artifact.title}) is final and becomes a draft only by a new version.`,
      `Write one: sloop artifact update ${artifact.id}.`,
    );
  if (to === 'final') mayFinalise(context, artifact);
  const moved = moveArtifact(context, artifact, to);
  if (notes !== undefined) insertComment(context, moved, { body: notes });
  if (to !== 'final' || moved.type !== 'plan') return { artifact: moved, plan: null };
  return { artifact: moved, plan: toPlanOutcome(context, moved, applyPlan(context, moved)) };
}

/** Final is the person's word, except where the project leaves it to its agents and no loop waits for them. */
function mayFinalise(context: OperationContext, artifact: Artifact): void {
  const { caller, tables } = context;
  if (caller.kind !== 'agent') return;
  const project = artifact.projectId === null ? undefined : tables.project.find(artifact.projectId);
  if (project?.mode === 'autonomous' && !standsAtGate(context, artifact)) return;
  refuseNow(
    'forbidden',
    `Only the person makes artifact ${artifact.id} (${artifact.title}) final.`,
    'Bring it to review; the person sees it there and decides.',
  );
}

function checkVersions(
  found: readonly Artifact[],
  stage: ArtifactStage,
  versions: readonly number[] | undefined,
): void {
  if (versions === undefined) {
    if (stage === 'final')
      refuseNow(
        'invalid',
        'An approval names the version that was seen.',
        'Pass versions, one for each artifact.',
      );
    return;
  }
  if (versions.length !== found.length)
    refuseNow(
      'invalid',
      `${versions.length} versions are given for ${found.length} artifacts.`,
      'Pass one for each artifact, in the same order.',
    );
  found.forEach((artifact, index) => mustBeNewest(artifact, versions[index] ?? 0));
}
