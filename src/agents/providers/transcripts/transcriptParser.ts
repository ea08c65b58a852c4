import type { Observation } from '../observation.ts';

/**
 * Reads the file in which a CLI keeps a session: all that is seen of an agent whose terminal is its own. One per
 * process; lines of before its start are not given to it. A line that means nothing to us gives nothing, and is a
 * sign of life all the same.
 */
export interface TranscriptParser {
  push(line: string): readonly Observation[];
}
