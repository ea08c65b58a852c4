import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { isLive, type Agent } from '../../domain/agent/agent.ts';
import type { LogChunk } from '../../domain/agent/logChunk.ts';
import { observed, type Seen } from '../../domain/agent/observed.ts';
import { agentId } from '../../domain/ids.ts';
import { exhaustAccount } from '../account/exhaustAccount.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { wasSilent } from './silence.ts';

export const observeAgent = defineOperation({
  id: 'agent.observe',
  title: 'Take in what an agent does',
  summary: 'Takes in what `sloop run` saw of its agent, each numbered observation once and in order.',
  effect: 'write',
  permission: 'system',
  surfaces: [],
  input: z.object({
    agent: agentId,
    sessionNumber: z.number().int().positive(),
    observations: z.array(observed).min(1).max(1000),
  }),
  output: z.object({
    observed: z.number().int().describe('Number of the last one taken in'),
    stop: z.boolean().describe('Whether its end is asked for'),
    current: z.boolean().describe('Whether this is the present session of a living agent'),
  }),
  run(context, input) {
    const { tables, now } = context;
    const agent = mustFind(tables.agent, 'agent', input.agent);
    // A process whose place a later start took: it is told so, and what it says is of no start that counts.
    if (agent.sessionNumber !== input.sessionNumber) return ok({ observed: 0, stop: false, current: false });
    const answer = (observed: number) =>
      ok({ observed, stop: agent.stopRequestedBy !== null, current: isLive(agent.status) });
    const fresh = input.observations
      .filter(({ number }) => number > agent.observed)
      .toSorted((a, b) => a.number - b.number);
    const last = fresh.at(-1);
    if (last === undefined) return answer(agent.observed);
    const of = {
      agentId: agent.id,
      agentName: agent.name,
      sessionNumber: agent.sessionNumber,
    };
    context.logs.append(
      fresh.flatMap(({ seen, at = now }) => {
        const chunk = chunkOf(seen);
        return chunk === null ? [] : [{ ...chunk, ...of, time: at }];
      }),
    );
    const lives = fresh.some(({ seen }) => seen.kind !== 'retrying');
    const known = lives && wasSilent(context, agent) ? { ...agent, attention: null } : agent;
    const changed = withinBudget(fresh.reduce((row, { seen }) => taken(context, row, seen), known));
    tables.agent.update({
      ...changed,
      observed: last.number,
      lastSeenAt: lives ? now : agent.lastSeenAt,
      updatedAt: now,
    });
    return ok({
      observed: last.number,
      stop: changed.stopRequestedBy !== null,
      current: isLive(agent.status),
    });
  },
});

/** Some CLIs keep to a budget themselves; the others are ended when they tell that they have passed it. */
function withinBudget(agent: Agent): Agent {
  const { budgetUsd, costUsd, stopRequestedBy } = agent;
  if (budgetUsd === null || costUsd <= budgetUsd || stopRequestedBy !== null) return agent;
  const attention = `It has spent $${costUsd.toFixed(2)}, more than its budget of $${budgetUsd.toFixed(2)}, and is ended.`;
  return { ...agent, stopRequestedBy: 'engine', attention };
}

function chunkOf(seen: Seen): Pick<LogChunk, 'kind' | 'content'> | null {
  switch (seen.kind) {
    case 'said':
      return { kind: 'said', content: seen.text };
    case 'used':
      return { kind: 'used', content: seen.summary === '' ? seen.tool : `${seen.tool}: ${seen.summary}` };
    case 'denied':
      return { kind: 'note', content: deniedText(seen) };
    case 'failed':
      return { kind: 'note', content: seen.reason };
    case 'retrying':
      return { kind: 'note', content: `Trying again: ${seen.reason}` };
    case 'raw':
      return { kind: 'raw', content: seen.text };
    case 'note':
    case 'attention':
      return { kind: 'note', content: seen.text };
    case 'session':
    case 'usage':
    case 'ended':
    case 'alive':
      return null;
  }
}

/** What one observation changes on the agent's row. */
function taken(context: OperationContext, agent: Agent, seen: Seen): Agent {
  switch (seen.kind) {
    case 'session':
      return { ...agent, providerSessionId: seen.providerSessionId };
    case 'usage':
      return {
        ...agent,
        inputTokens: agent.inputTokens + seen.inputTokens,
        outputTokens: agent.outputTokens + seen.outputTokens,
        costUsd: agent.costUsd + seen.costUsd,
      };
    case 'denied':
      return { ...agent, attention: deniedText(seen) };
    case 'failed':
      return { ...agent, attention: exhaustAccount(context, agent, seen) ?? seen.reason };
    case 'attention':
      return { ...agent, attention: seen.text };
    case 'ended':
      // Its own report says more than its last words.
      return agent.reported === null && seen.text !== null ? { ...agent, result: seen.text } : agent;
    case 'said':
    case 'used':
    case 'raw':
    case 'note':
    case 'retrying':
    case 'alive':
      return agent;
  }
}

const deniedText = ({ tool, reason }: Extract<Seen, { kind: 'denied' }>): string =>
  `The use of ${tool} was denied: ${reason}`;
