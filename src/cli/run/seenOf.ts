import type { Observation } from '../../agents/providers/observation.ts';
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
      return [{ kind: 'retrying', reason: observation.reason }];
    case 'failed':
      return [{ kind: 'failed', reason: failureText(observation) }];
    case 'ended':
      return [{ kind: 'ended', text: observation.text ?? null }];
    case 'unknown':
      return pieces(observation.raw).map((text) => ({ kind: 'raw', text }));
  }
}

const failureText = ({ reason, until }: Extract<Observation, { kind: 'failed' }>): string =>
  until === undefined ? reason : `${reason} (until ${until})`;
