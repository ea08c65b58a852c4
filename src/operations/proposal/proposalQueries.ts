import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { proposalId } from '../../domain/ids.ts';
import { page, pageOf } from '../../domain/page.ts';
import {
  proposal as proposalRow,
  proposalStatuses,
  proposalTargets,
  type Proposal,
} from '../../domain/proposal/proposal.ts';
import { agentByRef, agentRef } from '../agent/agentByRef.ts';
import { mustFind, projectByRef } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { presentDrift } from './applyProposal.ts';
import { changesOf, givenValues } from './proposalBase.ts';
import { proposalLine, toProposalLine } from './proposalLine.ts';
import { proposalTarget } from './proposalTargets.ts';

export const listProposals = defineOperation({
  id: 'proposal.list',
  title: 'List proposals',
  summary:
    'Lists proposals in the order in which they are to be taken, the pending ones unless asked otherwise.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({
    status: z.array(z.enum(proposalStatuses)).default(['pending']).describe('pending when left out'),
    agent: agentRef.optional(),
    project: z.string().optional().describe('Project id or slug; every project when left out'),
    target: z.array(z.enum(proposalTargets)).optional(),
    entity: z.string().optional().describe('Only those that would change this one'),
    ...page,
  }),
  output: pageOf(proposalLine),
  run(context, input) {
    const list = context.tables.proposal.list(
      {
        status: input.status,
        agentId: input.agent === undefined ? undefined : agentByRef(context, input.agent).id,
        projectId: input.project === undefined ? undefined : projectByRef(context, input.project).id,
        target: input.target,
        targetId: input.entity,
      },
      input,
    );
    return ok({ ...list, items: list.items.map(toProposalLine) });
  },
});

const values = z.record(z.string(), z.unknown());

export const showProposal = defineOperation({
  id: 'proposal.show',
  title: 'Show a proposal',
  summary: 'Shows a proposal with the fields that it touches as they are now and as they would be.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['proposal'],
  input: z.object({ proposal: proposalId }),
  output: proposalRow.extend({
    before: values
      .nullable()
      .describe('The fields that it touches as they are now; null: it makes something new'),
    after: values.describe('The same fields as they would be'),
    drift: z
      .array(z.object({ field: z.string(), was: z.unknown(), is: z.unknown() }))
      .describe('What has changed since it was made; accepting it is refused while there is something'),
    gone: z.boolean().describe('What it would change is not there any more'),
  }),
  run(context, input) {
    const found = mustFind(context.tables.proposal, 'proposal', input.proposal);
    return ok({ ...found, ...compared(context, found), drift: [...presentDrift(context, found)] });
  },
});

function compared(context: OperationContext, proposal: Proposal) {
  if (proposal.targetId === null) return { before: null, after: { ...givenValues(proposal) }, gone: false };
  const present = proposalTarget[proposal.target].find(context, proposal.targetId);
  const after = { ...changesOf(proposal) };
  const names = Object.keys(after);
  const before = Object.fromEntries(names.map((name) => [name, present?.values[name] ?? null]));
  return { before: present === undefined ? null : before, after, gone: present === undefined };
}
