import { cellFacts, stageCell } from './cells.ts';
import { findingsHistory } from './findings.ts';
import type { Snapshot } from './snapshot.ts';

/** What a screen reader should hear of the stages: those whose status or verdict is not what it was. '' for nothing. */
export function announcement(before: Snapshot, after: Snapshot): string {
  const words = (snapshot: Snapshot): ReadonlyMap<string, string> => {
    const facts = cellFacts(snapshot, findingsHistory(snapshot.loop));
    return new Map(
      snapshot.loop.rounds.flatMap((round) =>
        round.stages.map((stage) => {
          const { mark, chip } = stageCell(facts, round, stage);
          const said = chip === null || chip.word === mark.word ? mark.word : `${mark.word}, ${chip.word}`;
          return [stage.id, `${stage.name}, round ${round.number}: ${said}`] as const;
        }),
      ),
    );
  };
  const known = words(before);
  return [...words(after)]
    .filter(([id, text]) => known.has(id) && known.get(id) !== text)
    .map(([, text]) => text)
    .join('. ');
}
