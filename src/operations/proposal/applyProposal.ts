import { expectOk, refuseNow, type Refusal } from '../../base/result.ts';
import type { Caller } from '../../domain/caller.ts';
import type { TodoId } from '../../domain/ids.ts';
import { driftOf, driftText, type Drift } from '../../domain/proposal/drift.ts';
import { checkProposalMove, type Proposal } from '../../domain/proposal/proposal.ts';
import { parseInput } from '../execute.ts';
import type { Operation, OperationContext } from '../operation.ts';
import { changesOf, givenValues } from './proposalBase.ts';
import { acceptedRefs } from './proposalRefs.ts';
import { proposalTarget, type Values } from './proposalTargets.ts';

/** What of the target has changed since the proposal was made; nothing for something new. */
export function presentDrift(context: OperationContext, proposal: Proposal): readonly Drift[] {
  if (proposal.targetId === null || proposal.status !== 'pending') return [];
  const present = proposalTarget[proposal.target].find(context, proposal.targetId);
  return present === undefined ? [] : driftOf(proposal.base ?? {}, present.values);
}

/** Why a proposal cannot be accepted as it is; null where it can. Writes nothing. */
export function refusalOf(context: OperationContext, proposal: Proposal, force: boolean): Refusal | null {
  const { id, target, targetId, title } = proposal;
  const move = checkProposalMove(proposal, 'accepted');
  if (!move.ok) return move.refusal;
  if (targetId === null) return null;
  if (proposalTarget[target].find(context, targetId) === undefined)
    return {
      code: 'conflict',
      message: `The ${target} that proposal ${id} (${title}) is about is gone.`,
      next: `Dismiss it: sloop proposal dismiss ${id}.`,
    };
  const drift = force ? [] : presentDrift(context, proposal);
  if (drift.length === 0) return null;
  return {
    code: 'conflict',
    message: `The ${target} has changed since proposal ${id} (${title}) was made: ${driftText(drift)}.`,
    next:
      `Look at both (sloop proposal show ${id}), then edit it (sloop proposal update ${id}), dismiss it, ` +
      'or accept it with force to write over what is there.',
  };
}

/** Applies a proposal through the operations that everybody else uses, and marks it accepted. */
export function applyProposal(context: OperationContext, proposal: Proposal, force: boolean): Proposal {
  const { tables, caller, now } = context;
  const refusal = refusalOf(context, proposal, force);
  if (refusal !== null) refuseNow(refusal.code, refusal.message, refusal.next);
  const status = expectOk(checkProposalMove(proposal, 'accepted'));
  const accepted: Proposal = {
    ...proposal,
    status,
    resultId: proposal.targetId === null ? created(context, proposal) : changed(context, proposal),
    decidedBy: caller.name,
    decidedAt: now,
    updatedAt: now,
  };
  tables.proposal.update(accepted);
  return accepted;
}

function changed(context: OperationContext, proposal: Proposal): string | null {
  const { target, targetId, summary } = proposal;
  const changes = changesOf(proposal);
  const why = target === 'artifact' ? { changeSummary: (summary || proposal.title).slice(0, 2000) } : {};
  const input = { [target]: targetId, ...changes, ...why };
  run(inTheNameOf(context, proposal), proposalTarget[target].update, input);
  return targetId;
}

function created(context: OperationContext, proposal: Proposal): string {
  const { target, projectId } = proposal;
  const metadata = acceptedRefs(context, target, proposal.metadata);
  const given = givenValues({ ...proposal, metadata: { ...metadata } });
  const input = { ...given, ...(projectId === null ? {} : { project: projectId }) };
  const made = run(inTheNameOf(context, proposal), proposalTarget[target].create, input);
  return idOf(made);
}

/** `todo.create` makes several; the others return what they made. */
const idOf = (made: unknown): string => {
  const { id, todos } = made as { id?: string; todos?: readonly { id: TodoId }[] };
  const found = id ?? todos?.[0]?.id;
  if (found === undefined) throw new Error('What was proposed was made without an id.');
  return found;
};

function run(context: OperationContext, operation: Operation, input: Values): unknown {
  const parsed = expectOk(parseInput(operation, input));
  return expectOk(operation.run(context, parsed as never));
}

/**
 * Rows say who thought of them: the agent. What is allowed is decided by who accepts: the person. The trail, which
 * is derived elsewhere, says both.
 */
const inTheNameOf = (context: OperationContext, { agentName, sessionId }: Proposal): OperationContext => ({
  ...context,
  caller: { ...context.caller, name: agentName, sessionId } as Caller,
});
