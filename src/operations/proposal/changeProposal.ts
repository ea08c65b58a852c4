import { z } from 'zod';
import { expectOk, ok, refuseNow } from '../../base/result.ts';
import { proposalId } from '../../domain/ids.ts';
import { checkProposalMove, proposal as proposalRow, type Proposal } from '../../domain/proposal/proposal.ts';
import { given } from '../given.ts';
import { mustFind } from '../lookup.ts';
import { insertMessage } from '../message/insertMessage.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { baseOf, givenValues } from './proposalBase.ts';
import { proposalLine, toProposalLine } from './proposalLine.ts';
import { resolveRefs } from './proposalRefs.ts';
import { checkMetadata, proposalTarget } from './proposalTargets.ts';

const { title, summary, content, metadata } = proposalRow.shape;

export const updateProposal = defineOperation({
  id: 'proposal.update',
  title: 'Edit a proposal',
  summary:
    'Changes a pending proposal before it is accepted; it then counts as made from its target as it is now.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['proposal'],
  input: z.object({
    proposal: proposalId,
    title: title.optional().describe('Up to 200 characters'),
    summary: summary.max(5000).optional().describe('Why'),
    content: content
      .max(1_000_000)
      .optional()
      .describe("An artifact's text, a todo's description, a sprint's plan"),
    metadata: metadata
      .optional()
      .describe('Other fields by name, all of them: those left out are not proposed any more'),
  }),
  output: proposalRow,
  run(context, { proposal: id, ...fields }) {
    const found = mustFind(context.tables.proposal, 'proposal', id);
    if (found.status !== 'pending')
      refuseNow('conflict', `Proposal ${id} is ${found.status} already.`, 'Change what it is about itself.');
    const edited: Proposal = { ...found, ...given(fields), updatedAt: context.now };
    const isNew = found.targetId === null;
    const references = resolveRefs(context, found.target, isNew, edited.metadata, new Map());
    const checked = { ...edited, metadata: { ...checkMetadata(found.target, isNew, references) } };
    const changed = { ...checked, base: freshBase(context, checked) };
    context.tables.proposal.update(changed);
    return ok(changed);
  },
});

/** Who edits a proposal has seen what is there now. */
function freshBase(context: OperationContext, proposal: Proposal): Proposal['base'] {
  if (proposal.targetId === null) return null;
  const present = proposalTarget[proposal.target].find(context, proposal.targetId);
  return present === undefined ? proposal.base : baseOf(proposal.target, present, givenValues(proposal));
}

export const dismissProposals = defineOperation({
  id: 'proposal.dismiss',
  title: 'Dismiss proposals',
  summary: 'Turns proposals down; a note reaches the agents that made them as a message.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['proposals'],
  input: z.object({
    proposals: z.array(proposalId).min(1).max(100).describe('Proposal ids'),
    note: z.string().trim().min(1).max(5000).optional().describe('Why, for the agent'),
  }),
  output: z.object({ proposals: z.array(proposalLine) }),
  run(context, input) {
    const { tables, caller, now } = context;
    const dismissed = input.proposals.map((id) => {
      const found = mustFind(tables.proposal, 'proposal', id);
      const status = expectOk(checkProposalMove(found, 'dismissed'));
      const row: Proposal = { ...found, status, decidedBy: caller.name, decidedAt: now, updatedAt: now };
      tables.proposal.update(row);
      return row;
    });
    if (input.note !== undefined) tellAgents(context, dismissed, input.note);
    return ok({ proposals: dismissed.map(toProposalLine) });
  },
});

/** One message to each agent, whatever the number of its proposals. */
function tellAgents(context: OperationContext, dismissed: readonly Proposal[], note: string): void {
  const ids = new Set(dismissed.flatMap(({ agentId }) => agentId ?? []));
  for (const id of ids) {
    const agent = context.tables.agent.find(id);
    if (agent === undefined) continue;
    const titles = dismissed.filter(({ agentId }) => agentId === id).map(({ title }) => `"${title}"`);
    const { name, projectId, sessionId, sprintId, todoId } = agent;
    insertMessage(
      context,
      {
        recipientKind: 'agent',
        recipientName: name,
        recipientAgentId: id,
        projectId,
        sessionId,
        sprintId,
        todoId,
      },
      `Your proposal ${titles.join(', ')} was dismissed: ${note}`,
      { asks: false },
    );
  }
}
