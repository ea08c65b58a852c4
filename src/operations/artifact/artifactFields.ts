import { z } from 'zod';
import { planStep } from '../../domain/artifact/planStep.ts';

const content = z.string().max(1_000_000, 'takes a million characters at most');

/** What may be said of an artifact when it is created or gets a new version. */
export const artifactFields = {
  content: content.describe('Its text, Markdown for documents and plans'),
  language: z.string().max(50).nullable().describe('Language of code, such as typescript'),
  filepath: z.string().max(1000).nullable().describe('Where it belongs in the repository'),
  metadata: z.record(z.string(), z.unknown()).describe('Anything else, as an object'),
  steps: z
    .array(planStep)
    .min(1)
    .describe('Steps of a plan as data; when it becomes final they go before the text'),
};

/** Steps stand in the metadata, where the plan keeps them beside its text. */
export function metadataWith(
  before: Readonly<Record<string, unknown>>,
  given: { metadata?: Record<string, unknown> | undefined; steps?: unknown },
): Record<string, unknown> {
  const metadata = given.metadata ?? before;
  return given.steps === undefined ? { ...metadata } : { ...metadata, steps: given.steps };
}
