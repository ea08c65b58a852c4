import { z } from 'zod';
import { instant } from '../instant.ts';
import { agentId, projectId, proposalId, sessionId } from '../ids.ts';
import { checkMove, type Transitions } from '../transitions.ts';

export const proposalTargets = ['artifact', 'sprint', 'todo'] as const;
export const proposalStatuses = ['pending', 'accepted', 'dismissed'] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];

/** A change that an agent suggests and a person decides. */
export const proposal = z.object({
  id: proposalId,
  agentId: agentId.nullable(),
  agentName: z.string(),
  projectId: projectId.nullable(),
  sessionId: sessionId.nullable(),
  target: z.enum(proposalTargets).describe('What kind of thing it would create or change'),
  targetId: z.string().nullable().describe('The one to change; null: create one'),
  title: z.string().trim().min(1).max(200),
  summary: z.string().describe('Why, for the person who decides'),
  content: z.string().describe("An artifact's text, a todo's description, a sprint's plan"),
  metadata: z.record(z.string(), z.unknown()).describe('Other fields of the target, by name'),
  sortOrder: z.number().int().describe('In which order the proposals of one agent are to be taken'),
  status: z.enum(proposalStatuses),
  base: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('What it was made from: the version or the fields of its target as they were; null: create'),
  resultId: z.string().nullable().describe('What accepting it made or changed'),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Proposal = z.infer<typeof proposal>;

export const proposalMoves = {
  pending: ['accepted', 'dismissed'],
  accepted: [],
  dismissed: [],
} as const satisfies Transitions<ProposalStatus>;

export const checkProposalMove = (subject: Pick<Proposal, 'id' | 'status'>, to: ProposalStatus) =>
  checkMove<ProposalStatus>(`Proposal ${subject.id}`, proposalMoves, subject.status, to);
