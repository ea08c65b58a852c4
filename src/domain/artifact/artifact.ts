import { z } from 'zod';
import { instant } from '../instant.ts';
import { artifactId, commentId, projectId, sessionId, sprintId, versionId } from '../ids.ts';
import { title } from '../todo/todo.ts';
import { checkMove, type Transitions } from '../transitions.ts';

export const artifactTypes = [
  'plan',
  'document',
  'code',
  'config',
  'data',
  'sketch',
  'hypothesis',
  'page',
  'loop_output',
  'other',
] as const;
export type ArtifactType = (typeof artifactTypes)[number];

export const artifactStages = ['draft', 'review', 'final'] as const;
export type ArtifactStage = (typeof artifactStages)[number];

/** A versioned document or output. Its row holds the newest version. */
export const artifact = z.object({
  id: artifactId,
  title,
  type: z.enum(artifactTypes),
  stage: z.enum(artifactStages),
  version: z.number().int().positive(),
  content: z.string(),
  language: z.string().nullable(),
  filepath: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
  sessionId: sessionId.nullable(),
  projectId: projectId.nullable(),
  sprintId: sprintId.nullable(),
  parentId: artifactId.nullable().describe('Its page in the project tree'),
  sortOrder: z.number().int(),
  persistent: z.boolean().describe('Outlives its session; true once it has a project'),
  createdBy: z.string(),
  createdAt: instant,
  updatedAt: instant,
});
export type Artifact = z.infer<typeof artifact>;

/** One version as it was written; never changed afterwards. */
export const version = z.object({
  id: versionId,
  artifactId,
  projectId: projectId.nullable(),
  sessionId: sessionId.nullable(),
  version: z.number().int().positive(),
  content: z.string(),
  changeSummary: z.string(),
  author: z.string(),
  createdAt: instant,
});
export type Version = z.infer<typeof version>;

/** A remark on a range of lines of one version. Replies name their parent. */
export const comment = z.object({
  id: commentId,
  artifactId,
  projectId: projectId.nullable(),
  sessionId: sessionId.nullable(),
  parentId: commentId.nullable(),
  version: z.number().int().positive(),
  startLine: z.number().int().positive().nullable(),
  endLine: z.number().int().positive().nullable(),
  body: z.string().min(1).max(20_000),
  author: z.string(),
  resolvedBy: z.string().nullable(),
  resolvedAt: instant.nullable(),
  createdAt: instant,
});
export type Comment = z.infer<typeof comment>;

/** `final → draft` happens by writing a new version only; see `artifact.update`. */
export const artifactMoves = {
  draft: ['review'],
  review: ['final', 'draft'],
  final: ['draft'],
} as const satisfies Transitions<ArtifactStage>;

export const checkArtifactMove = (subject: Pick<Artifact, 'id' | 'stage' | 'title'>, to: ArtifactStage) =>
  checkMove<ArtifactStage>(`Artifact ${subject.id} (${subject.title})`, artifactMoves, subject.stage, to);
