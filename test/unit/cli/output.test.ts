import assert from 'node:assert/strict';
import { cut, width } from '../../../src/cli/format/cellText.ts';
import { outputText } from '../../../src/cli/format/output.ts';
import { paintWith } from '../../../src/cli/format/paint.ts';

const plain = { columns: null, paint: paintWith(false) };
const shown = (value: unknown, columns: number | null = null) =>
  outputText(value, 'todos', { ...plain, columns });

const page = {
  items: [
    {
      id: 'ab12cd34',
      title: 'Write the parser',
      status: 'in_progress',
      parentId: null,
      assignee: 'calm-heron',
    },
    { id: 'ef56gh78', title: 'Test it\nwell', status: 'pending', parentId: null, assignee: null },
  ],
  more: 12,
  next: 'KEY',
};

describe('what a person reads', () => {
  it('a page: aligned columns, without the empty ones, and how to go on', () => {
    assert.equal(
      shown(page),
      [
        'ID        TITLE             STATUS       ASSIGNEE',
        'ab12cd34  Write the parser  in_progress  calm-heron',
        'ef56gh78  Test it well      pending',
        '… 12 more: --after KEY',
        '',
      ].join('\n'),
    );
  });

  it('fits a terminal by shortening the widest column', () => {
    const text = shown({ ...page, more: 0, next: null }, 50);
    assert.ok(
      text.split('\n').every((line) => width(line) <= 50),
      text,
    );
    assert.match(text, /Write the p\S*…/);
  });

  it('one thing: short fields, then lists, then long texts', () => {
    assert.equal(
      shown({
        id: 'ab12cd34',
        title: 'Write it',
        blockedReason: null,
        acceptanceCriteria: ['works', 'tested'],
        description: 'One\n\nTwo\n',
        dependencies: [{ id: 'ef56gh78', title: 'First' }],
        successCriteria: [],
      }),
      [
        'id                   ab12cd34',
        'title                Write it',
        'acceptance criteria  works, tested',
        '',
        'dependencies',
        '  ID        TITLE',
        '  ef56gh78  First',
        '',
        'description',
        '  One',
        '',
        '  Two',
        '',
      ].join('\n'),
    );
  });

  it('nothing says so', () => {
    assert.equal(shown({ items: [], more: 0, next: null }), 'No todos here.\n');
    assert.equal(shown({ todos: [] }), 'No todos here.\n');
  });

  it('a list inside of something says how many more there are, and nothing when it is empty', () => {
    assert.equal(
      shown({
        name: 'calm-heron',
        todos: { items: [{ id: 'ab12cd34', progress: { done: 1, total: 3 } }], more: 2 },
        messages: { items: [], more: 0 },
      }),
      [
        'name  calm-heron',
        '',
        'todos',
        '  ID        PROGRESS',
        '  ab12cd34  done 1, total 3',
        '  … 2 more',
        '',
      ].join('\n'),
    );
  });

  it('colours a status and only where it may', () => {
    const coloured = outputText(page, 'todos', { columns: null, paint: paintWith(true) });
    assert.ok(coloured.includes('\u001b[36min_progress'));
    assert.ok(!shown(page).includes('\u001b'));
  });

  it('counts wide characters twice and combining marks not at all', () => {
    assert.equal(width('漢字'), 4);
    assert.equal(width('e\u0301'), 1);
    assert.equal(cut('abcdef', 4), 'abc…');
    assert.equal(cut('漢字漢字', 5), '漢字…');
  });
});
