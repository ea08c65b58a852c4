import assert from 'node:assert/strict';
import type { Command, Field } from '../../../src/cli/commandTable.ts';
import { UsageError } from '../../../src/cli/exitCodes.ts';
import { commandsOf } from '../../../src/cli/operationTable.ts';
import { parseArguments } from '../../../src/cli/parseArguments.ts';
import { kebab, nearest } from '../../../src/cli/words.ts';
import { operations } from '../../../src/operations/all.ts';

const aField = (fields: Partial<Field> & { name: string }): Field => ({
  flag: kebab(fields.name),
  type: 'text',
  many: false,
  required: false,
  nullable: false,
  ...fields,
});

const command: Command = {
  id: 'thing.make',
  words: ['thing', 'make'],
  title: 'Make',
  summary: 'Makes things.',
  effect: 'write',
  positional: ['name', 'parts'],
  fields: [
    aField({ name: 'name', required: true }),
    aField({ name: 'parts', many: true }),
    aField({ name: 'kind', values: ['small', 'large'] }),
    aField({ name: 'size', type: 'number', nullable: true }),
    aField({ name: 'dryRun', type: 'boolean' }),
    aField({ name: 'findings', type: 'json', many: true, shorthand: 'title' }),
    aField({ name: 'metadata', type: 'json' }),
    aField({ name: 'output' }),
  ],
  wait: { what: 'for it', byDefault: true },
};

const files: Readonly<Record<string, string>> = {
  'in.json': '{"name":"from file","size":1}',
  'bad.json': '{',
  'list.json': '[]',
  '-': '{"kind":"large"}',
  'out.md': '# Result\n',
};
const parse = (...words: string[]) => parseArguments(command, words, (file) => files[file] ?? '');
const inputOf = (...words: string[]) => parse(...words).input;

describe('the command line', () => {
  it('takes fields in order, the last list takes all that is left', () => {
    assert.deepEqual(inputOf('a', 'b', 'c'), { name: 'a', parts: ['b', 'c'] });
    assert.deepEqual(inputOf('--name', 'a', 'b'), { name: 'a', parts: ['b'] });
    assert.deepEqual(inputOf('a', '--', '--not-a-flag', '-x'), { name: 'a', parts: ['--not-a-flag', '-x'] });
  });

  it('takes flags in both spellings, numbers, and none for nothing', () => {
    assert.deepEqual(inputOf('a', '--kind=small', '--size', '3.5'), { name: 'a', kind: 'small', size: 3.5 });
    assert.deepEqual(inputOf('a', '--size', 'none'), { name: 'a', size: null });
    assert.deepEqual(inputOf('a', '--size=-2'), { name: 'a', size: -2 });
    assert.deepEqual(inputOf('none', '--output', 'none'), { name: 'none', output: 'none' });
    assert.deepEqual(inputOf('a', '--output='), { name: 'a', output: '' });
    assert.deepEqual(inputOf('a', '--output', '--x=1'), { name: 'a', output: '--x=1' });
  });

  it('takes booleans with and without no-', () => {
    assert.deepEqual(inputOf('a', '--dry-run'), { name: 'a', dryRun: true });
    assert.deepEqual(inputOf('a', '--no-dry-run'), { name: 'a', dryRun: false });
    assert.deepEqual(inputOf('a', '--dry-run=false'), { name: 'a', dryRun: false });
    assert.equal(parse('a').wait, true);
    assert.equal(parse('a', '--no-wait').wait, false);
    assert.equal(parse('a', '--timeout', '5').timeoutSeconds, 5);
  });

  it('takes lists one by one, as JSON, or as plain text where one field says it all', () => {
    assert.deepEqual(inputOf('a', '--parts', 'x', '--parts=y'), { name: 'a', parts: ['x', 'y'] });
    assert.deepEqual(inputOf('a', '--findings', 'off by one', '--findings', '{"title":"two","line":3}'), {
      name: 'a',
      findings: [{ title: 'off by one' }, { title: 'two', line: 3 }],
    });
    assert.deepEqual(inputOf('a', '--findings', '[{"title":"x"},{"title":"y"}]'), {
      name: 'a',
      findings: [{ title: 'x' }, { title: 'y' }],
    });
    assert.deepEqual(inputOf('a', '--metadata', '{"a":1}'), { name: 'a', metadata: { a: 1 } });
  });

  it('reads fields from files and standard input; flags win', () => {
    assert.deepEqual(inputOf('--input', 'in.json'), { name: 'from file', size: 1 });
    assert.deepEqual(inputOf('--input', 'in.json', '--size', '2', '--input', '-'), {
      name: 'from file',
      kind: 'large',
      size: 2,
    });
    assert.deepEqual(inputOf('a', '--output-file', 'out.md'), { name: 'a', output: '# Result\n' });
  });

  const wrong: readonly [readonly string[], string, string][] = [
    [['a', '--knid', 'small'], 'sloop thing make has no flag --knid.', 'Did you mean --kind?'],
    [['a', '--zzzzzz'], 'sloop thing make has no flag --zzzzzz.', 'See: sloop thing make --help'],
    [['a', '--kind', 'smal'], '--kind cannot be smal.', 'Did you mean small? It takes: small, large.'],
    [['a', '--size', 'three'], '--size three is no number.', 'Such as: --size 3'],
    [['a', '--size'], '--size needs a value.', 'See: sloop thing make --help'],
    [['a', '--kind', 'small', '--kind', 'large'], '--kind is given twice.', 'It takes one value.'],
    [[], 'sloop thing make needs name.', 'See: sloop thing make --help'],
    [
      ['a', '--dry-run=maybe'],
      '--dry-run=maybe is neither true nor false.',
      'Write --dry-run or --no-dry-run.',
    ],
    [['a', '--timeout', '0'], '--timeout 0 is no number of seconds.', 'Such as: --timeout 60'],
    [
      ['--input', 'list.json'],
      '--input list.json is no JSON object.',
      'Its keys are the fields of the command.',
    ],
  ];
  for (const [words, message, next] of wrong)
    it(`refuses ${JSON.stringify(words)}`, () => {
      assert.throws(
        () => parse(...words),
        (error) => error instanceof UsageError && error.message === message && error.next === next,
      );
    });

  it('says where JSON is broken', () => {
    assert.throws(() => parse('a', '--metadata', '{x'), /--metadata is no JSON/);
    assert.throws(() => parse('--input', 'bad.json'), /--input bad\.json/);
  });
});

describe('the derived table', () => {
  const table = commandsOf(operations);
  const found = (words: string) => {
    const one = table.find((other) => other.words.join(' ') === words);
    assert.ok(one !== undefined, words);
    return one;
  };

  it('has no internal operation, and no two commands alike', () => {
    assert.ok(!table.some(({ id }) => id === 'launch.claim' || id === 'agent.observe'));
    assert.equal(new Set(table.map(({ words }) => words.join(' '))).size, table.length);
  });

  it('every positional field exists, and only the last takes a list', () => {
    for (const { id, positional, fields } of table)
      positional.forEach((name, index) => {
        const field = fields.find((other) => other.name === name);
        assert.ok(field !== undefined, `${id} ${name}`);
        assert.ok(!field.many || index === positional.length - 1, `${id}: ${name} is a list before the end`);
      });
  });

  it('no field takes a flag that all commands have', () => {
    for (const { id, fields, wait } of table)
      for (const { flag } of fields) {
        assert.ok(!['json', 'input', 'help'].includes(flag), `${id} --${flag}`);
        if (wait !== undefined) assert.ok(!['wait', 'timeout'].includes(flag), `${id} --${flag}`);
      }
  });

  it('knows nullables, enumerations, lists and booleans', () => {
    const byName = (name: string) => found('todo create').fields.find((field) => field.name === name);
    assert.equal(byName('requiresApproval')?.type, 'boolean');
    assert.equal(byName('requiresApproval')?.nullable, true);
    assert.deepEqual(byName('priority')?.values, ['critical', 'high', 'medium', 'low']);
    assert.equal(byName('dependsOn')?.many, true);
    assert.equal(byName('items')?.type, 'json');
    assert.equal(found('stage finish').fields.find(({ name }) => name === 'findings')?.shorthand, 'title');
  });
});

describe('the nearest word', () => {
  it('is one that a typist may have meant', () => {
    assert.equal(nearest('lst', ['list', 'show']), 'list');
    assert.equal(nearest('shwo', ['list', 'show']), 'show');
    assert.equal(nearest('comp', ['complete', 'show']), 'complete');
    assert.equal(nearest('zebra', ['list', 'show']), undefined);
  });
});
