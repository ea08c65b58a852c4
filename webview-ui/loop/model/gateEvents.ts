import type { ShownLoop } from '../../../src/protocol/loop.ts';

/** A change of an artifact's stage, out of the trail. */
export interface StageChange {
  readonly artifact: string;
  readonly time: string;
  readonly caller: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** A version of an artifact and when it was written. */
export interface VersionTime {
  readonly artifact: string;
  readonly version: number;
  readonly time: string;
}

/** What of a finished loop's story is not in its own rows. */
export interface StoryFacts {
  readonly changes: readonly StageChange[];
  readonly versions: readonly VersionTime[];
}

/** What a person decided at a gate. */
export interface Decision {
  readonly artifact: string;
  readonly version: number | null;
  readonly approved: boolean;
  readonly caller: string;
  readonly time: string;
  /** How long it had waited. */
  readonly waitedMs: number | null;
}

/** The version that an artifact had at a moment; null before its first or where versions are not known. */
export function versionAt(facts: StoryFacts, artifact: string, time: string | null): number | null {
  const written = facts.versions.filter(
    (one) => one.artifact === artifact && (time === null || one.time <= time),
  );
  return written.length === 0 ? null : Math.max(...written.map(({ version }) => version));
}

/** Everything that was decided about artifacts in review, in order of time. */
export function decisionsOf(facts: StoryFacts): readonly Decision[] {
  return facts.changes
    .filter(({ from, to }) => from === 'review' && (to === 'final' || to === 'draft'))
    .map((change): Decision => {
      const asked = facts.changes
        .filter(
          ({ artifact, to, time }) => artifact === change.artifact && to === 'review' && time <= change.time,
        )
        .map(({ time }) => time)
        .sort()
        .at(-1);
      return {
        artifact: change.artifact,
        version: versionAt(facts, change.artifact, change.time),
        approved: change.to === 'final',
        caller: change.caller,
        time: change.time,
        waitedMs: asked === undefined ? null : Date.parse(change.time) - Date.parse(asked),
      };
    })
    .sort((a, b) => (a.time < b.time ? -1 : 1));
}

/** The artifacts that a loop's stages made, each once. */
export const artifactsOf = ({ rounds }: Pick<ShownLoop, 'rounds'>): readonly string[] => [
  ...new Set(rounds.flatMap(({ stages }) => stages.flatMap(({ artifactId }) => artifactId ?? []))),
];
