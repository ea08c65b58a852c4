import type { Failure, Observation } from '../../agents/providers/observation.ts';
import type { Seen } from '../../domain/agent/observed.ts';
import { pieces } from './batches.ts';

/** What of an observation goes to the host. Texts of any length arrive whole, in pieces. */
export function seenOf(observation: Observation): readonly Seen[] {
  switch (observation.kind) {
    case 'session':
      return [{ kind: 'session', providerSessionId: observation.providerSessionId }];
    case 'said':
      return pieces(observation.text).map((text) => ({ kind: 'said', text }));
    case 'used':
      return [{ kind: 'used', tool: observation.tool, summary: observation.summary }];
    case 'denied':
      return [{ kind: 'denied', tool: observation.tool, reason: observation.reason }];
    case 'usage': {
      const { inputTokens, outputTokens, costUsd } = observation.usage;
      return [{ kind: 'usage', inputTokens, outputTokens, costUsd: costUsd ?? 0 }];
    }
    case 'retrying':
    case 'failed':
      return [{ kind: observation.kind, ...failureOf(observation) }];
    case 'ended':
      return [{ kind: 'ended', text: observation.text ?? null }];
    case 'unknown':
      return pieces(observation.raw).map((text) => ({ kind: 'raw', text }));
  }
}

/** The reason is for a person and tells the time too; the rest is for who chooses the next account. */
const failureOf = ({ failure, reason, until }: Failure) =>
  until === undefined ? { failure, reason } : { failure, reason: `${reason} (until ${until})`, until };
