import assert from 'node:assert/strict';
import { operations } from '../../../../src/operations/all.ts';
import type { Operation } from '../../../../src/operations/operation.ts';
import { fieldOf } from '../../../../src/vscode/commands/fields.ts';
import { textValue, typedText } from '../../../../src/vscode/commands/textValue.ts';

const field = (id: string, name: string) =>
  fieldOf(operations.find((one) => one.id === id) as Operation, name);

describe('typed values', () => {
  it('are checked by the schema of the operation, in words', () => {
    assert.deepEqual(textValue(field('todo.create', 'title'), 'Pay by card'), { value: 'Pay by card' });
    const long = textValue(field('todo.create', 'title'), 'x'.repeat(201));
    assert.match('problem' in long ? long.problem : '', /200/);
    const slug = textValue(field('project.create', 'slug'), 'No Slug');
    assert.ok('problem' in slug);
  });

  it('may be left out where nothing needs them', () => {
    assert.deepEqual(textValue(field('todo.create', 'description'), ' '), { value: undefined });
    assert.deepEqual(textValue(field('sprint.create', 'title'), ''), { problem: 'Title is needed.' });
    assert.deepEqual(textValue(field('todo.create', 'description'), '', { needed: true }), {
      problem: 'Description is needed.',
    });
  });

  it('empty a field that is being changed', () => {
    assert.deepEqual(textValue(field('todo.update', 'assignee'), '', { changing: true }), { value: null });
    assert.deepEqual(textValue(field('todo.update', 'description'), '', { changing: true }), { value: '' });
    assert.ok('problem' in textValue(field('todo.update', 'title'), '', { changing: true }));
  });

  it('are numbers, moments and lists where the field is', () => {
    assert.deepEqual(textValue(field('todo.update', 'estimatedHours'), '2.5'), { value: 2.5 });
    assert.ok('problem' in textValue(field('todo.update', 'estimatedHours'), 'two'));
    assert.deepEqual(textValue(field('todo.update', 'acceptanceCriteria'), 'it runs; it is tested'), {
      value: ['it runs', 'it is tested'],
    });
    const noon = new Date(2027, 0, 31, 12).toISOString();
    assert.deepEqual(textValue(field('todo.update', 'deadline'), '2027-01-31 12:00'), { value: noon });
    const day = new Date(2027, 0, 31).toISOString();
    assert.deepEqual(textValue(field('todo.update', 'deadline'), '2027-01-31'), { value: day });
    assert.ok('problem' in textValue(field('todo.update', 'deadline'), 'soon'));
  });

  it('can be typed again', () => {
    assert.equal(typedText(['a', 'b']), 'a; b');
    assert.equal(typedText(null), '');
    assert.equal(typedText(2.5), '2.5');
  });
});
