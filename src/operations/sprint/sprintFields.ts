import { z } from 'zod';
import { refuseNow } from '../../base/result.ts';
import { artifactId, type ArtifactId, type ProjectId } from '../../domain/ids.ts';
import { instant } from '../../domain/instant.ts';
import { sprint } from '../../domain/sprint/sprint.ts';
import { mustFind } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';

/** What may be said of a sprint when it is created or changed. */
export const sprintFields = {
  goal: z.string().max(20_000).describe('What holds when it is done'),
  plan: z.string().max(100_000).describe('Markdown'),
  acceptanceCriteria: z.array(z.string().trim().min(1)).max(100).describe('What its review looks at'),
  maxReviewRounds: sprint.shape.maxReviewRounds.describe('How often it may be rejected, 1 to 5'),
  contract: artifactId.nullable().describe('The artifact that says what was agreed'),
  startDate: instant.nullable().describe('ISO 8601'),
  endDate: instant.nullable().describe('ISO 8601'),
  wipLimit: sprint.shape.wipLimit.describe('How many agents work in it at once, at most; null: no limit'),
  branch: z.string().max(200).nullable().describe('Branch that its work is merged into'),
};

/** The contract must be an artifact of the same project. */
export function checkContract(
  { tables }: OperationContext,
  project: ProjectId,
  contract: ArtifactId | null | undefined,
): void {
  if (contract == null || mustFind(tables.artifact, 'artifact', contract).projectId === project) return;
  refuseNow(
    'invalid',
    `Artifact ${contract} belongs to another project.`,
    'Name one of the project of the sprint.',
  );
}
