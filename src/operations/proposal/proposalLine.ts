import { proposal } from '../../domain/proposal/proposal.ts';
import { cutTo } from '../cutTo.ts';

/** A proposal as lists show it. */
export const proposalLine = proposal.pick({
  id: true,
  target: true,
  targetId: true,
  title: true,
  summary: true,
  agentName: true,
  status: true,
  resultId: true,
  createdAt: true,
});

export const toProposalLine = cutTo(proposalLine);
