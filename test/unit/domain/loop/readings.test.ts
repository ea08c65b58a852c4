import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findingsKey } from '../../../../src/domain/loop/findings.ts';
import { roundLimit, spentLimit } from '../../../../src/domain/loop/limits.ts';
import { loopDefinition } from '../../../../src/domain/loop/definition.ts';
import { finding } from '../../../../src/domain/loop/loop.ts';
import { fillDefinition, resolveParameters } from '../../../../src/domain/loop/parameters.ts';
import { verdictLine } from '../../../../src/domain/loop/verdictLine.ts';
import type { Instant } from '../../../../src/base/clock.ts';

describe('a verdict line', () => {
  const table: readonly [string, ReturnType<typeof verdictLine>][] = [
    ['VERDICT: APPROVED', 'approved'],
    ['All is well.\n\nverdict: approved.', 'approved'],
    ['**VERDICT: CHANGES REQUESTED**', 'changes_requested'],
    ['**Verdict:** changes_requested', 'changes_requested'],
    ['> Verdict: `changes-requested`\r\nmore', 'changes_requested'],
    ['VERDICT: APPROVED\nverdict: approved', 'approved'],
    ['VERDICT: APPROVED\nVERDICT: CHANGES REQUESTED', null],
    ['APPROVED', null],
    ['The work is approved. LGTM!', null],
    ['My verdict: approved, except for the tests', null],
    ['I would say VERDICT: APPROVED', null],
    ['VERDICT: NOT APPROVED', null],
    ['VERDICT: APPROVED or CHANGES REQUESTED', null],
    ['', null],
  ];
  for (const [text, verdict] of table)
    it(`${JSON.stringify(text)} says ${verdict ?? 'nothing'}`, () =>
      assert.equal(verdictLine(text), verdict));
});

describe('findings', () => {
  const key = (...titles: (string | { title: string; file: string })[]) =>
    findingsKey({
      summary: null,
      findings: titles.map((one) => finding.parse(typeof one === 'string' ? { title: one } : one)),
    });

  it('are the same whatever their order, case, marks and repetition', () => {
    assert.equal(key('Sum fails!', 'No test'), key('no  test', 'sum fails', 'No test.'));
  });

  it('differ by words and by file', () => {
    assert.notEqual(key('sum fails'), key('product fails'));
    assert.notEqual(key({ title: 'a', file: 'x.js' }), key({ title: 'a', file: 'y.js' }));
    assert.notEqual(key('a'), key('a', 'b'));
  });

  it('stand for the summary where none are listed', () => {
    const said = (summary: string) => findingsKey({ summary, findings: [] });
    assert.equal(said('Add a test.'), said('add a test'));
    assert.notEqual(said('Add a test'), said('Add two tests'));
  });
});

describe('limits', () => {
  const at = (text: string) => text as Instant;
  const noon = at('2026-01-05T12:00:00.000Z');
  const limits = { maxIterations: 3, deadline: noon, budgetUsd: 2 };

  it('leave room below, and none at them', () => {
    const before = at('2026-01-05T11:59:59.999Z');
    assert.equal(spentLimit(limits, 1.99, before), null);
    assert.match(spentLimit(limits, 2, before) ?? '', /budget/);
    assert.match(spentLimit(limits, 0, noon) ?? '', /deadline/);
    assert.equal(roundLimit(limits, 2, 0, before), null);
    assert.match(roundLimit(limits, 3, 0, before) ?? '', /last one allowed/);
  });

  it('are none where none are set', () => {
    assert.equal(spentLimit({ deadline: null, budgetUsd: null }, 1e9, noon), null);
  });
});

describe('parameters', () => {
  const definition = loopDefinition.parse({
    name: 'research',
    description: 'd',
    parameters: [
      { name: 'topic', description: 'what about', required: true },
      { name: 'format', description: 'how', default: 'Markdown' },
      { name: 'extra', description: 'more' },
    ],
    roles: [
      { name: 'explorer', role: 'explorer', prompt: 'On {{topic}} as {{ format }}{{extra}}; {{other}}' },
    ],
    termination: { type: 'goal', criteria: '{{topic}} is known' },
  });

  it('have their defaults, and every place filled in; what is no parameter stays', () => {
    const values = resolveParameters(definition, { topic: 'bees' });
    assert.ok(values.ok);
    assert.deepEqual(values.value, { topic: 'bees', format: 'Markdown', extra: '' });
    const filled = fillDefinition(definition, values.value);
    assert.equal(filled.roles[0]?.prompt, 'On bees as Markdown; {{other}}');
    assert.deepEqual(filled.termination, { type: 'goal', criteria: 'bees is known' });
  });

  it('are refused by name when missing, empty or unknown', () => {
    const missing = resolveParameters(definition, { topic: ' ' });
    assert.ok(!missing.ok && /needs topic/.test(missing.refusal.message));
    assert.ok(!missing.ok && /what about/.test(missing.refusal.next));
    const unknown = resolveParameters(definition, { topic: 'a', colour: 'b', size: 'c' });
    assert.ok(!unknown.ok && /no parameter colour, size/.test(unknown.refusal.message));
    assert.ok(!unknown.ok && /topic, format, extra/.test(unknown.refusal.next));
  });

  it('fill in text as it is, with no meaning of its own', () => {
    const filled = fillDefinition(definition, { topic: '$& {{format}}', format: 'x', extra: '' });
    assert.equal(filled.roles[0]?.prompt, 'On $& {{format}} as x; {{other}}');
  });
});
