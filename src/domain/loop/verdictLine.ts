import type { Verdict } from './loop.ts';

const line = /^[\s>*_#`-]*verdict\s*[*_`]*\s*:\s*[*_`]*\s*(approved|changes[ _-]requested)[\s*_`.!]*$/i;

/**
 * The verdict that the last words of an agent carry, for one that ended without a report.
 * Only a line of its own counts (`VERDICT: APPROVED`, `VERDICT: CHANGES REQUESTED`), Markdown marks around it
 * allowed; prose never does, and two lines that contradict each other say nothing.
 */
export function verdictLine(text: string): Verdict | null {
  const found = new Set<Verdict>();
  for (const candidate of text.split(/\r?\n/)) {
    const word = line.exec(candidate)?.[1]?.toLowerCase();
    if (word !== undefined) found.add(word === 'approved' ? 'approved' : 'changes_requested');
  }
  const [verdict] = found;
  return found.size === 1 && verdict !== undefined ? verdict : null;
}
