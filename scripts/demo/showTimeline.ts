import type { OutputOf } from '../../src/operations/client.ts';
import { endText, roundsText, stageText } from '../../src/cli/format/loopText.ts';
import { paintWith } from '../../src/cli/format/paint.ts';

type ShownLoop = OutputOf<'loop.show'>;

/** Shows a loop as it goes: drawn anew on a terminal, a line for each thing that ended elsewhere. */
export interface TimelineView {
  show(loop: ShownLoop): void;
}

export const createTimelineView = (out: NodeJS.WriteStream): TimelineView =>
  out.isTTY ? liveView(out) : lineView(out);

/** Draws over what it drew before. */
function liveView(out: NodeJS.WriteStream): TimelineView {
  const paint = paintWith(process.env['NO_COLOR'] === undefined);
  let drawn = 0;
  return {
    show(loop) {
      const width = out.columns > 20 ? out.columns - 1 : 80;
      const whole = roundsText(loop, paint).split('\n');
      // What has scrolled away cannot be drawn over: while it runs, no more lines than the terminal has.
      const lines = loop.status === 'running' ? whole.slice(-Math.max(5, out.rows - 2)) : whole;
      const up = drawn === 0 ? '' : `\u001b[${drawn}A`;
      out.write(`${up}\r\u001b[J${lines.map((line) => cut(line, width)).join('\n')}\n`);
      drawn = lines.length;
    },
  };
}

/** A line that wraps would be drawn over wrongly. Colour codes take no room. */
function cut(line: string, width: number): string {
  const bare = line.replace(/\u001b\[\d+m/g, '');
  return bare.length <= width ? line : `${bare.slice(0, width - 1)}…`;
}

function lineView(out: NodeJS.WriteStream): TimelineView {
  const paint = paintWith(false);
  const said = new Set<string>();
  const say = (key: string, text: string) => {
    if (said.has(key) || text === '') return;
    said.add(key);
    out.write(`${text}\n`);
  };
  return {
    show(loop) {
      for (const round of loop.rounds) {
        say(`round ${round.number}`, `Round ${round.number}`);
        for (const stage of round.stages)
          if (stage.status === 'completed' || stage.status === 'failed')
            say(stage.id, stageText(stage, paint));
      }
      say('end', endText(loop, paint));
    },
  };
}
