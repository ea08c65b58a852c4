import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { stageId, type StageId } from '../../domain/ids.ts';
import { mustFind } from '../lookup.ts';
import { shownStage, stageView } from '../loop/stageView.ts';
import { loopLine, toLoopLine } from '../loop/loopLine.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';

export const showStage = defineOperation({
  id: 'stage.show',
  title: 'Show a stage',
  summary: 'Shows one stage of a loop with its attempts, verdict and findings; your own when none is named.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['stage'],
  input: z.object({ stage: stageId.optional() }),
  output: shownStage.extend({ round: z.number().int(), loop: loopLine }),
  run(context, input) {
    const stage = mustFind(context.tables.stage, 'stage', input.stage ?? ownStage(context));
    return ok({
      ...stageView(context, stage),
      round: mustFind(context.tables.iteration, 'iteration', stage.iterationId).number,
      loop: toLoopLine(mustFind(context.tables.loop, 'loop', stage.loopId)),
    });
  },
});

const ownStage = ({ caller }: OperationContext): StageId =>
  (caller.kind === 'agent' ? caller.stageId : null) ??
  refuseNow(
    'invalid',
    'No stage is named, and you have none of your own.',
    'Name one: sloop loop show lists them.',
  );
