import type { Refusal, Result } from '../base/result.ts';
import type { OperationId, OutputOf } from '../operations/client.ts';
import type { ViewCalls, ViewHostCalls } from './view.ts';

/** What the artifact review may call. */
export const reviewOperations = [
  'artifact.show',
  'artifact.versions',
  'artifact.comments',
  'artifact.comment',
  'artifact.resolveComment',
  'artifact.reopenComment',
  'artifact.stage',
  'artifact.restore',
  'artifact.planSteps',
  'agent.show',
] as const satisfies readonly OperationId[];
export type ReviewOperation = (typeof reviewOperations)[number];

export type ReviewedArtifact = OutputOf<'artifact.show'>;
export type VersionLine = OutputOf<'artifact.versions'>['items'][number];
export type ReviewComment = OutputOf<'artifact.comments'>['items'][number];
export type PlanPreview = OutputOf<'artifact.planSteps'>;

export type Answer<T> = Result<T>;
export type ReviewRefusal = Refusal;

/** The artifact that the panel was opened for, and where to begin. */
export interface ReviewSubject {
  readonly artifact: string;
  /** The version to show; the newest where null. */
  readonly version: number | null;
  /** The version that the person saw last, to compare with; null when they see it for the first time. */
  readonly lastSeen: number | null;
}

export type ReviewHostCalls = ViewHostCalls<ReviewOperation, ReviewSubject> & {
  /** Opens two versions in the editor's own diff. */
  openDiff(pair: { readonly base: number; readonly version: number }): void;
  copy(text: { readonly text: string }): void;
  /** Writes the version to the artifact's file path, or to a file that the person names; says where, or null. */
  save(what: { readonly version: number }): Promise<Answer<{ readonly file: string } | null>>;
  /** The person has this version before their eyes. */
  seen(what: { readonly version: number }): void;
  openLink(to: { readonly url: string }): void;
  openLog(argument: null): void;
};

export type ReviewCalls = ViewCalls & {
  /** The review was asked for again, from elsewhere: for this version. */
  show(what: { readonly version: number }): void;
};
