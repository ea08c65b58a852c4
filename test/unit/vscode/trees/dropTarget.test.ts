import assert from 'node:assert/strict';
import { dropTarget } from '../../../../src/vscode/trees/dropTarget.ts';
import type { TreeNode } from '../../../../src/vscode/trees/model/treeModel.ts';
import { todoEntity } from '../../../../src/vscode/trees/sources/workEntities.ts';
import type { Entity, TodoRow } from '../../../../src/vscode/trees/model/entity.ts';

const node = (entity: Entity): TreeNode => ({
  key: entity.key,
  noun: entity.noun,
  id: entity.id,
  place: entity.places[0] ?? '',
  entity,
});
const aTodo = (id: string, more: Partial<TodoRow> = {}): TreeNode =>
  node(
    todoEntity(
      {
        id,
        title: id,
        status: 'pending',
        parentId: null,
        sprintId: 's1',
        projectId: 'p',
        subtodos: { done: 0, all: 0 },
        ...more,
      } as TodoRow,
      true,
    ),
  );
const folder = (row: object): TreeNode =>
  node({
    key: 'x',
    noun: 'x',
    id: 'x',
    row,
    places: [],
    order: 0,
    toldBy: [],
    children: 'none',
  } as unknown as Entity);

describe('dropping todos', () => {
  const [a, b, c] = [aTodo('a'), aTodo('b'), aTodo('c')];
  const siblings = [a, b, c];

  it('on a sprint or the backlog puts them to its end, at the top', () => {
    const sprint = folder({ kind: 'sprint', sprint: { id: 's2' } });
    assert.deepEqual(dropTarget([a], sprint, []), { parent: null, sprint: 's2' });
    assert.deepEqual(dropTarget([a], folder({ kind: 'backlog' }), []), { parent: null, sprint: null });
  });

  it('on a sibling takes its place: ahead of it when coming from below, behind it when coming from above', () => {
    assert.deepEqual(dropTarget([c], a, siblings), { parent: null, sprint: 's1', before: 'a' });
    assert.deepEqual(dropTarget([a], b, siblings), { parent: null, sprint: 's1', before: 'c' });
    assert.deepEqual(dropTarget([a], c, siblings), { parent: null, sprint: 's1' });
    assert.deepEqual(dropTarget([a, b], c, siblings), { parent: null, sprint: 's1' });
  });

  it('on a todo of another place goes ahead of it there', () => {
    const stranger = aTodo('z', { sprintId: null });
    assert.deepEqual(dropTarget([stranger], b, siblings), { parent: null, sprint: 's1', before: 'b' });
  });

  it('on one that has subtodos goes below it', () => {
    const parent = aTodo('d', { subtodos: { done: 0, all: 1 } });
    assert.deepEqual(dropTarget([a], parent, [...siblings, parent]), { parent: 'd' });
  });

  it('on itself, or on what holds no todos, does nothing', () => {
    assert.equal(dropTarget([a], a, siblings), null);
    assert.equal(dropTarget([a], folder({ kind: 'artifacts' }), []), null);
  });
});
