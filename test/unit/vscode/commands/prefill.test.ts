import assert from 'node:assert/strict';
import { operations } from '../../../../src/operations/all.ts';
import type { Operation } from '../../../../src/operations/operation.ts';
import { prefillFrom } from '../../../../src/vscode/commands/prefill.ts';

const from = (id: string, ...args: unknown[]) =>
  prefillFrom(operations.find((one) => one.id === id) as Operation, args);
const todo = (id: string) => ({ noun: 'todo', id, label: 'more than is needed' });

describe('what a command is told beforehand', () => {
  it('is the row of a tree', () => {
    assert.deepEqual(from('todo.block', todo('todo0001')), { todo: 'todo0001' });
    assert.deepEqual(from('todo.create', todo('todo0001')), { parent: 'todo0001' });
    assert.deepEqual(from('todo.create', { noun: 'sprint', id: 'sprint000001' }), { sprint: 'sprint000001' });
    assert.deepEqual(from('message.ask', { noun: 'agent', id: 'agent0000001' }), { to: 'agent0000001' });
  });

  it('is all selected rows, if the one that was clicked is among them', () => {
    const selected = [todo('todo0001'), todo('todo0002'), { noun: 'sprint', id: 'sprint000001' }];
    assert.deepEqual(from('todo.complete', selected[0], selected), { todos: ['todo0001', 'todo0002'] });
    assert.deepEqual(from('todo.complete', todo('todo0003'), selected), { todos: ['todo0003'] });
  });

  it('is an object of inputs, of which others than the operation’s are left out', () => {
    assert.deepEqual(from('project.reopen', { project: 'shop', title: 'x' }), { project: 'shop' });
  });

  it('is nothing where it means nothing', () => {
    assert.deepEqual(from('todo.block'), {});
    assert.deepEqual(from('todo.block', 'words'), {});
    assert.deepEqual(from('role.show', todo('todo0001')), {});
  });
});
