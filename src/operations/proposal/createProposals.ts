import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import type { ProposalId } from '../../domain/ids.ts';
import { proposal as proposalRow, proposalTargets, type Proposal } from '../../domain/proposal/proposal.ts';
import { insertFresh } from '../insertFresh.ts';
import { callerSession, currentProject } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { baseOf, givenValues } from './proposalBase.ts';
import { proposalLine, toProposalLine } from './proposalLine.ts';
import { checkMetadata, proposalTarget, type Present, type Values } from './proposalTargets.ts';
import { resolveRefs } from './proposalRefs.ts';

const { title, summary, content, metadata } = proposalRow.shape;

const fields = z.object({
  entity: z.string().optional().describe('Id of the one to change; a new one is proposed when left out'),
  title: title.optional().describe('Up to 200 characters; as it is when left out of a change'),
  summary: summary.max(5000).default('').describe('Why, for the person who decides'),
  content: content
    .max(1_000_000)
    .optional()
    .describe(
      "An artifact's text, a todo's description, a sprint's plan; as it is when left out of a change",
    ),
  metadata: metadata
    .default({})
    .describe('Other fields of it, by name, as its own create or update takes them'),
});

const item = fields.extend({
  target: z.enum(proposalTargets),
  ref: z
    .string()
    .optional()
    .describe('A name by which later todos of this call mean this one as parent or in dependsOn'),
});
type Item = z.output<typeof item>;

export const createProposals = defineOperation({
  id: 'proposal.create',
  title: 'Propose changes',
  summary:
    'Proposes to create or change a todo, a sprint or an artifact, or up to 50 such changes in order; a person decides about each.',
  effect: 'write',
  permission: 'comment',
  surfaces: everySurface,
  positional: ['target', 'title'],
  input: fields.extend({
    target: z.enum(proposalTargets).optional().describe('What kind of thing; or give items'),
    items: z.array(item).min(1).max(50).optional().describe('Several proposals at once, in their order'),
  }),
  output: z.object({ proposals: z.array(proposalLine) }),
  run(context, { items, target, ...single }) {
    const wanted = items ?? (target === undefined ? undefined : [{ ...single, target }]);
    if (wanted === undefined || (items !== undefined && target !== undefined))
      return refuseNow(
        'invalid',
        'A call proposes either one thing by its target, or several by items.',
        'Give target and title for one, or items for several.',
      );
    const refs = new Map<string, ProposalId>();
    const first = nextOrder(context);
    return ok({
      proposals: wanted.map((one, index) =>
        toProposalLine(insertProposal(context, one, first + index, refs)),
      ),
    });
  },
});

function insertProposal(
  context: OperationContext,
  { target, ref, ...fields }: Item,
  sortOrder: number,
  refs: Map<string, ProposalId>,
): Proposal {
  const { tables, caller, now } = context;
  const present = fields.entity === undefined ? null : mustBePresent(context, target, fields.entity);
  const isNew = present === null;
  const given = isNew ? inOwnSprint(context, target, fields.metadata) : fields.metadata;
  const metadata = checkMetadata(target, isNew, resolveRefs(context, target, isNew, given, refs));
  const texts = present === null ? newTexts(fields) : changedTexts(target, present, { ...fields, metadata });
  const place = present ?? { projectId: currentProject(context), sessionId: callerSession(caller) };
  if (proposalTarget[target].needsProject && place.projectId === null)
    refuseNow(
      'invalid',
      `A ${target} belongs to a project, and none is active.`,
      'Propose it within a project.',
    );
  const row = insertFresh(context, tables.proposal, 'proposal', {
    agentId: caller.kind === 'agent' ? caller.agentId : null,
    agentName: caller.name,
    projectId: place.projectId,
    sessionId: place.sessionId ?? callerSession(caller),
    target,
    targetId: present?.id ?? null,
    summary: fields.summary,
    ...texts,
    metadata: { ...metadata },
    sortOrder,
    status: 'pending',
    base:
      present === null
        ? null
        : baseOf(target, present, givenValues({ target, metadata: { ...metadata }, ...texts })),
    resultId: null,
    decidedBy: null,
    decidedAt: null,
    createdAt: now,
    updatedAt: now,
  });
  if (ref !== undefined) refs.set(ref, row.id);
  return row;
}

function mustBePresent(context: OperationContext, target: Item['target'], id: string): Present {
  return (
    proposalTarget[target].find(context, id) ??
    refuseNow('missing', `There is no ${target} ${id} here.`, `List what there is: sloop ${target} list.`)
  );
}

/** As what an agent makes at once: what it proposes goes into its own sprint unless it names another place. */
function inOwnSprint({ caller }: OperationContext, target: Item['target'], metadata: Values): Values {
  if (target === 'sprint' || caller.kind !== 'agent' || caller.sprintId === null) return metadata;
  return 'sprint' in metadata || 'parent' in metadata ? metadata : { ...metadata, sprint: caller.sprintId };
}

type Texts = Pick<Proposal, 'title' | 'content'>;

function newTexts(fields: Pick<Item, 'title' | 'content'>): Texts {
  if (fields.title === undefined)
    return refuseNow('invalid', 'What is to be new needs a title.', 'Give a title, or the entity to change.');
  return { title: fields.title, content: fields.content ?? '' };
}

/** What a change leaves out stays as it is. One that leaves out everything is none. */
function changedTexts(
  target: Item['target'],
  { values, id }: Present,
  given: Pick<Item, 'title' | 'content'> & { readonly metadata: Values },
): Texts {
  const was = { title: String(values['title']), content: String(values[proposalTarget[target].content]) };
  const texts = { title: given.title ?? was.title, content: given.content ?? was.content };
  const isSame = texts.title === was.title && texts.content === was.content;
  if (isSame && Object.keys(given.metadata).length === 0)
    refuseNow(
      'invalid',
      `This proposes nothing new for ${target} ${id}.`,
      'Give a title, content or metadata.',
    );
  return texts;
}

/** After everything that the same caller proposed before. */
const nextOrder = ({ tables, caller }: OperationContext): number =>
  tables.proposal.count({ agentName: caller.name });
