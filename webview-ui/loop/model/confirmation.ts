import type { ShownLoop } from '../../../src/protocol/loop.ts';
import { isReviewed, type FindingsHistory } from './findings.ts';
import { liveAgentOf } from './snapshot.ts';
import { counted } from '../../shared/words.ts';

/** What the editor's dialog asks before something that cannot be taken back. */
export interface Confirmation {
  readonly message: string;
  readonly detail: string;
  readonly action: string;
}

const mostNamed = 5;

/** Names what nobody reviewed: open findings, and a round without a review. */
export function approveQuestion(loop: ShownLoop, history: FindingsHistory): Confirmation {
  const open = history.rows.filter(({ isOpen }) => isOpen).map(({ finding }) => `• ${finding.title}`);
  const more = open.length - mostNamed;
  const last = loop.rounds.at(-1);
  const parts = [
    last !== undefined && !isReviewed(last) ? `Round ${last.number} was not reviewed.` : null,
    open.length === 0 ? 'No finding is open.' : `${counted(open.length, 'finding')} still open:`,
    ...open.slice(0, mostNamed),
    more > 0 ? `and ${more} more` : null,
  ].filter((part) => part !== null);
  return { message: 'Approve the work as it is?', detail: parts.join('\n'), action: 'Approve' };
}

export function stopQuestion(loop: ShownLoop): Confirmation {
  const working = loop.rounds
    .flatMap(({ stages }) => stages)
    .filter((stage) => liveAgentOf(stage) !== null)
    .flatMap(({ attempts }) => attempts.at(-1)?.agent ?? []);
  const agents = working.length === 0 ? '' : `${working.join(', ')} is stopped too. `;
  return {
    message: 'Stop the loop for good?',
    detail: `${agents}What it made stays. A stopped loop cannot go on; to wait for a while, pause it.`,
    action: 'Stop',
  };
}
