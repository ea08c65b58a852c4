import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { finding } from '../../../../src/domain/loop/loop.ts';
import {
  outputLimit,
  stagePrompt,
  type StagePromptFacts,
} from '../../../../src/operations/loop/stagePrompt.ts';

const facts = (fields: Partial<StagePromptFacts> = {}): StagePromptFacts => ({
  definition: { name: 'harness', description: 'Plans, codes, reviews.' },
  goal: 'Fix the sum',
  criteria: null,
  round: 1,
  maxRounds: 5,
  stage: { name: 'plan', prompt: 'Make a plan.', notes: null },
  decides: null,
  earlier: [],
  own: null,
  review: null,
  failedAttempts: [],
  ...fields,
});

describe('a stage’s prompt', () => {
  it('is short where there is nothing to tell', () => {
    assert.equal(
      stagePrompt(facts()),
      [
        '### Loop: harness',
        'Plans, codes, reviews.',
        '### Goal',
        'Fix the sum',
        '### Round 1 of at most 5, stage plan',
        '### Your task',
        'Make a plan.',
      ].join('\n\n'),
    );
  });

  it('tells everything in its order', () => {
    const text = stagePrompt(
      facts({
        criteria: 'all tests pass',
        round: 3,
        stage: { name: 'review', prompt: 'Review it.', notes: '- be kinder' },
        decides: 'goal',
        earlier: [
          { name: 'plan', summary: 'planned', artifact: { id: 'art1', version: 3, content: '# The plan' } },
          { name: 'code', summary: 'coded', artifact: { id: 'art2', version: 3, content: 'coded' } },
        ],
        own: { round: 2, artifact: 'art3', version: 2 },
        review: {
          round: 2,
          verdict: 'changes_requested',
          summary: 'Not yet.',
          findings: [
            {
              ...finding.parse({ title: 'sum of nothing', file: 'sum.js', line: 4, detail: 'It throws.' }),
              rounds: 2,
            },
            { ...finding.parse({ title: 'no test', severity: 'minor' }), rounds: 1 },
          ],
          settled: ['wrong name'],
        },
        failedAttempts: [{ number: 1, reason: 'brave-otter crashed (SIGSEGV).' }],
      }),
    );
    assert.equal(
      text,
      `### Loop: harness

Plans, codes, reviews.

### Goal

Fix the sum

It is reached when: all tests pass

### Round 3 of at most 5, stage review

### Your task

Review it.

### You decide

Your verdict says whether the goal is reached: finish with verdict approved, or with changes_requested and findings (each with a title, and a file where there is one). Name a finding that you raised before by the same title.

### Results of this round so far

#### plan (artifact art1, version 3)

planned

# The plan

#### code (artifact art2, version 3)

coded

### Your earlier work

This stage wrote version 2 of artifact art3 in round 2; what you hand in now becomes its next version. Read it: sloop artifact show art3

### Review of round 2

It asked for changes. Not yet.

- sum of nothing (sum.js:4) [major, raised in 2 rounds running]
  It throws.
- no test [minor]

Raised before and not again:
- wrong name

### What the person asks you to change

They sent your result back with:

- be kinder

### Earlier attempts at this stage

They did not finish. Look first at what they left behind in the working folder.
- Attempt 1: brave-otter crashed (SIGSEGV).`,
    );
  });

  it('says how much of a long result it leaves out, and how to read the rest', () => {
    const content = 'x'.repeat(outputLimit + 345);
    const text = stagePrompt(
      facts({ earlier: [{ name: 'plan', summary: 's', artifact: { id: 'art1', version: 1, content } }] }),
    );
    assert.match(
      text,
      /\[… 345 more characters are left out here\. Read all of it: sloop artifact show art1\]/,
    );
    assert.ok(text.length < outputLimit + 1000);
  });
});
