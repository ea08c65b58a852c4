import type { Instant } from '../../base/clock.ts';
import type { Observed, Seen } from '../../domain/agent/observed.ts';
import type { SpooledCall } from '../../engine/spool.ts';

/** One thing to tell the host. */
export type Report =
  | { readonly kind: 'seen'; readonly number: number; readonly at: Instant; readonly seen: Seen }
  | { readonly kind: 'exited'; readonly input: Readonly<Record<string, unknown>> };

const mostObservations = 200;

/** Well below what the gateway takes in one body, also after JSON has escaped it. */
const mostCharacters = 100_000;

/** The next call that brings the head of the queue to the host, and how much of the queue is in it. */
export function batchAhead(
  queue: readonly Report[],
  of: { readonly agent: string; readonly sessionNumber: number },
): { readonly item: SpooledCall; readonly count: number } {
  const [first] = queue;
  if (first === undefined) throw new Error('There is nothing to send.');
  if (first.kind === 'exited') return { item: { operation: 'agent.exited', input: first.input }, count: 1 };
  const observations: Observed[] = [];
  let characters = 0;
  for (const report of queue) {
    if (report.kind === 'exited' || observations.length === mostObservations) break;
    characters += sizeOf(report.seen);
    if (observations.length > 0 && characters > mostCharacters) break;
    const { number, at, seen } = report;
    observations.push({ number, at, seen });
  }
  const { agent, sessionNumber } = of;
  return {
    item: { operation: 'agent.observe', input: { agent, sessionNumber, observations } },
    count: observations.length,
  };
}

const sizeOf = (seen: Seen): number => JSON.stringify(seen).length;

/** Cuts a long text into pieces that each fit into one call; none of it is lost. */
export function pieces(text: string): readonly string[] {
  if (text.length <= mostCharacters) return [text];
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += mostCharacters) parts.push(text.slice(at, at + mostCharacters));
  return parts;
}
