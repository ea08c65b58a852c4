import { refuseNow } from '../../base/result.ts';
import { proposalId, todoId, type ProposalId } from '../../domain/ids.ts';
import type { OperationContext } from '../operation.ts';
import type { Target, Values } from './proposalTargets.ts';

/**
 * A proposed todo may lie below, or wait for, another one that is only proposed too: then its parent or dependsOn
 * names that proposal, within one call by its ref. Accepting it looks up what the other has become.
 */
export function resolveRefs(
  context: OperationContext,
  target: Target,
  isNew: boolean,
  metadata: Values,
  refs: ReadonlyMap<string, ProposalId>,
): Values {
  if (target !== 'todo' || !isNew) return metadata;
  return mapRelations(metadata, (name) => {
    const id = refs.get(name) ?? name;
    if (!isTodo(context, id) && proposedTodo(context, id) === undefined)
      refuseNow(
        'missing',
        `${name} is no todo, no proposed todo, and no ref of an earlier item.`,
        'Name a todo id, or put what it needs before it.',
      );
    return id;
  });
}

/** The same with the todos that accepted proposals have become; refused while one of them is not accepted. */
export const acceptedRefs = (context: OperationContext, target: Target, metadata: Values): Values =>
  target !== 'todo'
    ? metadata
    : mapRelations(metadata, (id) => {
        const proposed = isTodo(context, id) ? undefined : proposedTodo(context, id);
        if (proposed === undefined) return id;
        return (
          proposed.resultId ??
          refuseNow(
            'conflict',
            `It needs the todo of proposal ${proposed.id} (${proposed.title}), which is ${proposed.status}.`,
            proposed.status === 'pending' ? 'Accept that one first.' : 'Edit this one, or dismiss it too.',
          )
        );
      });

function mapRelations(metadata: Values, map: (name: string) => string): Values {
  const { parent, dependsOn } = metadata;
  return {
    ...metadata,
    ...(typeof parent === 'string' ? { parent: map(parent) } : {}),
    ...(Array.isArray(dependsOn) ? { dependsOn: dependsOn.map((name) => map(String(name))) } : {}),
  };
}

function isTodo({ tables }: OperationContext, id: string): boolean {
  const found = todoId.safeParse(id);
  return found.success && tables.todo.find(found.data) !== undefined;
}

function proposedTodo({ tables }: OperationContext, id: string) {
  const found = proposalId.safeParse(id);
  const row = found.success ? tables.proposal.find(found.data) : undefined;
  return row?.target === 'todo' && row.targetId === null ? row : undefined;
}
