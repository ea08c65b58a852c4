import type { InputOf } from '../../operations/client.ts';
import type { TreeNode } from './model/treeModel.ts';

export type Move = Pick<InputOf<'todo.move'>, 'parent' | 'sprint' | 'before'>;

/**
 * What dropping todos on a row means; null where it means nothing. On a sprint or the backlog: to its end, at the
 * top. On a todo that has subtodos: below it. On any other todo: in its place, so that dragging down by one row moves
 * down by one row.
 * @param siblings the rows of the target's own branch, as shown
 */
export function dropTarget(
  dragged: readonly TreeNode[],
  target: TreeNode,
  siblings: readonly TreeNode[],
): Move | null {
  const { row } = target.entity;
  switch (row.kind) {
    case 'sprint':
      return { parent: null, sprint: row.sprint.id };
    case 'backlog':
      return { parent: null, sprint: null };
    case 'project':
      return { parent: null, sprint: null };
    case 'todo': {
      if (dragged.some(({ id }) => id === target.id)) return null;
      if (row.todo.subtodos.all > 0) return { parent: row.todo.id };
      const { parentId, sprintId } = row.todo;
      return { parent: parentId, sprint: sprintId, ...before(dragged, target, siblings) };
    }
    default:
      return null;
  }
}

/** Where the first of the dragged stands above the target, they go behind it; else ahead of it. */
function before(
  dragged: readonly TreeNode[],
  target: TreeNode,
  siblings: readonly TreeNode[],
): Pick<Move, 'before'> {
  const at = siblings.indexOf(target);
  const from = siblings.findIndex((node) => node.id === dragged[0]?.id);
  if (from === -1 || from > at) return { before: target.id };
  const moved = new Set(dragged.map(({ id }) => id));
  const next = siblings.slice(at + 1).find(({ noun, id }) => noun === 'todo' && !moved.has(id));
  return next === undefined ? {} : { before: next.id };
}
