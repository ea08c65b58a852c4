import type { Instant } from '../../base/clock.ts';
import type { Agent } from '../../domain/agent/agent.ts';
import type { OperationContext } from '../operation.ts';
import { allExhausted } from './accountTexts.ts';
import { accountForStart } from './chooseAccount.ts';

/** An agent whose start is decided, and which no account of its provider can serve now. */
export interface Waiting {
  readonly agent: Agent;
  /** null: until a person says so. */
  readonly until: Instant | null;
  readonly why: string;
}

/** Those that start by themselves when an account can be used again. They have no process, and take nobody's room. */
export function waitingForAccount(context: OperationContext): readonly Waiting[] {
  const { tables } = context;
  // Mostly there are none: then nothing needs to be looked at.
  if (tables.account.count({ isExhausted: true }) === 0) return [];
  return tables.launch.all({ state: 'ready' }).flatMap(({ agentId, resume }) => {
    const agent = tables.agent.find(agentId);
    const choice = agent === undefined ? undefined : accountForStart(context, agent, resume);
    if (agent === undefined || choice?.kind !== 'exhausted') return [];
    return [{ agent, until: choice.until, why: allExhausted(agent.provider, choice.until) }];
  });
}
