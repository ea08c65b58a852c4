import type { Instant } from '../../base/clock.ts';
import type { Artifact } from '../../domain/artifact/artifact.ts';
import type { Finding, Stage, Verdict } from '../../domain/loop/loop.ts';
import { insertArtifact } from '../artifact/insertArtifact.ts';
import { writeVersion } from '../artifact/writeVersion.ts';
import { mustFind } from '../lookup.ts';
import { clipTitle } from '../loop/clip.ts';
import type { OperationContext } from '../operation.ts';

/** What a stage's agent has to show for its turn. */
export interface StageResult {
  readonly stage: Stage;
  readonly author: string;
  readonly summary: string;
  readonly verdict: Verdict | null;
  readonly findings: readonly Finding[];
  /** Markdown; the summary stands in for it where the agent gave none. */
  readonly output?: string | undefined;
  /** Steps of a plan as data; they win over what is parsed from its text. */
  readonly steps?: readonly unknown[] | undefined;
  /** Without an output, one that the agent already wrote since this moment is kept as it is. */
  readonly since: Instant;
}

/** Keeps a stage's result on its row and its output as an artifact, a new version of the round before's. */
export function recordStageResult(context: OperationContext, result: StageResult): Stage {
  const { stage, summary, verdict, findings } = result;
  const artifact = keepOutput(context, result);
  const recorded: Stage = {
    ...stage,
    summary,
    verdict,
    findings: [...findings],
    artifactId: artifact?.id ?? stage.artifactId,
  };
  context.tables.stage.update(recorded);
  return recorded;
}

function keepOutput(context: OperationContext, result: StageResult): Artifact | undefined {
  const { tables, roles } = context;
  const { stage, author, steps } = result;
  const loop = mustFind(tables.loop, 'loop', stage.loopId);
  const round = mustFind(tables.iteration, 'iteration', stage.iterationId);
  const before = earlierOutput(context, stage);
  if (result.output === undefined && before?.id === stage.artifactId && before !== undefined)
    if (before.updatedAt >= result.since) return before;
  const content = result.output ?? result.summary;
  if (content === '') return before?.id === stage.artifactId ? before : undefined;
  const metadata = steps === undefined ? {} : { steps };
  if (before === undefined)
    return insertArtifact(context, {
      title: clipTitle(`${stage.name}: ${loop.goal}`),
      type: roles.find(stage.role)?.output ?? 'loop_output',
      content,
      language: 'markdown',
      metadata: { loop: loop.id, stage: stage.name, ...metadata },
      sessionId: loop.sessionId,
      projectId: loop.projectId,
      sprintId: round.sprintId,
      createdBy: author,
    });
  if (before.content === content && steps === undefined) return before;
  // Steps belong to the version they came with: an output without any must not carry the old ones on.
  const { steps: _old, ...kept } = before.metadata;
  return writeVersion(context, before, content, `Round ${round.number}, by ${author}`, {
    author,
    metadata: { ...kept, ...metadata },
  });
}

/** The artifact that this stage, or the same stage of an earlier round, wrote last. */
function earlierOutput({ tables }: OperationContext, stage: Stage): Artifact | undefined {
  if (stage.artifactId !== null) return tables.artifact.find(stage.artifactId);
  const earlier = tables.stage
    .all({ loopId: stage.loopId, position: stage.position })
    .filter(({ artifactId }) => artifactId !== null)
    .toSorted((a, b) => ((a.completedAt ?? '') < (b.completedAt ?? '') ? 1 : -1));
  for (const { artifactId } of earlier) {
    const found = artifactId === null ? undefined : tables.artifact.find(artifactId);
    if (found !== undefined) return found;
  }
  return undefined;
}
