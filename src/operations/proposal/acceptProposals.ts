import { z } from 'zod';
import { ok, refusalText, Refused, refuseNow } from '../../base/result.ts';
import { proposalId } from '../../domain/ids.ts';
import type { Proposal } from '../../domain/proposal/proposal.ts';
import { agentByRef, agentRef } from '../agent/agentByRef.ts';
import { chosenProject, mustFind } from '../lookup.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { applyProposal, refusalOf } from './applyProposal.ts';
import { proposalLine, toProposalLine } from './proposalLine.ts';

const force = z.boolean().default(false).describe('Write over what has changed since the proposal was made');

export const acceptProposals = defineOperation({
  id: 'proposal.accept',
  title: 'Accept proposals',
  summary:
    'Applies proposals, all or none. Refused with the difference where the target has changed since, unless forced.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['proposals'],
  input: z.object({ proposals: z.array(proposalId).min(1).max(100).describe('Proposal ids'), force }),
  output: z.object({ proposals: z.array(proposalLine) }),
  run(context, input) {
    const { tables } = context;
    const accepted = input.proposals.map((id) =>
      applyProposal(context, mustFind(tables.proposal, 'proposal', id), input.force),
    );
    return ok({ proposals: accepted.map(toProposalLine) });
  },
});

const mostAtOnce = 500;

/**
 * Everything is one transaction: what can be refused without writing is left out and named; where applying one is
 * refused half-way nothing is accepted, and the refusal names that one.
 */
export const acceptAllProposals = defineOperation({
  id: 'proposal.acceptAll',
  title: 'Accept all proposals',
  summary:
    'Applies the pending proposals of one agent or project in their order; says which were left out and why.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['agent'],
  input: z.object({
    agent: agentRef.optional().describe('Name or id of the agent; those of the whole project when left out'),
    project: z.string().optional().describe('Project id or slug; the active project when left out'),
  }),
  output: z.object({
    accepted: z.array(proposalLine),
    refused: z.array(proposalLine.extend({ reason: z.string() })),
    more: z.number().int().describe('Pending ones beyond the 500 that one call takes; call again for them'),
  }),
  run(context, input) {
    const { items, more } = context.tables.proposal.list(
      { status: 'pending', ...whose(context, input) },
      { limit: mostAtOnce },
    );
    const accepted: Proposal[] = [];
    const refused: { proposal: Proposal; reason: string }[] = [];
    for (const proposal of items) {
      const reason = refusalOf(context, proposal, false) ?? waitsForRefused(proposal, refused);
      if (reason === null) accepted.push(applyOrName(context, proposal));
      else refused.push({ proposal, reason: typeof reason === 'string' ? reason : refusalText(reason) });
    }
    return ok({
      accepted: accepted.map(toProposalLine),
      refused: refused.map(({ proposal, reason }) => ({ ...toProposalLine(proposal), reason })),
      more,
    });
  },
});

function whose(
  context: OperationContext,
  { agent, project }: { agent?: string | undefined; project?: string | undefined },
): Partial<Pick<Proposal, 'agentId' | 'projectId'>> {
  if (agent !== undefined) return { agentId: agentByRef(context, agent).id };
  const projectId = chosenProject(context, project);
  if (projectId === null)
    refuseNow(
      'invalid',
      'Neither an agent nor a project is named.',
      'Name one: sloop proposal acceptAll AGENT.',
    );
  return { projectId };
}

/** A todo below one that was left out cannot be made. */
function waitsForRefused(
  { metadata }: Proposal,
  refused: readonly { readonly proposal: Proposal }[],
): string | null {
  const { parent, dependsOn } = metadata;
  const needs = [parent, ...(Array.isArray(dependsOn) ? (dependsOn as unknown[]) : [])];
  const missing = refused.find(({ proposal }) => needs.includes(proposal.id));
  return missing === undefined ? null : `It needs proposal ${missing.proposal.id}, which was left out.`;
}

function applyOrName(context: OperationContext, proposal: Proposal): Proposal {
  try {
    return applyProposal(context, proposal, false);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, message, next } = error.refusal;
    return refuseNow(
      code,
      `None was accepted: proposal ${proposal.id} (${proposal.title}) cannot be: ${message}`,
      `${next} Or dismiss it and accept the rest: sloop proposal dismiss ${proposal.id}.`,
    );
  }
}
