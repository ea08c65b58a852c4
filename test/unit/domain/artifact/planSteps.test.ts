import assert from 'node:assert/strict';
import { planSteps } from '../../../../src/domain/artifact/planSteps.ts';
import type { PlanReading } from '../../../../src/domain/artifact/planStep.ts';

const read = (content: string, metadata: Record<string, unknown> = {}) => planSteps({ content, metadata });

/** `number parent> title !priority <- dependencies [done]`, one line a step. */
const shown = ({ steps }: PlanReading): string[] =>
  steps.map(({ title, priority, parent, dependsOn, done }) =>
    [
      parent === null ? '' : `${parent}> `,
      title,
      priority === null ? '' : ` !${priority}`,
      dependsOn.length === 0 ? '' : ` <- ${dependsOn.join(',')}`,
      done ? ' [done]' : '',
    ].join(''),
  );

interface Case {
  readonly says: string;
  readonly plan: string;
  readonly steps: readonly string[];
  readonly problems?: readonly RegExp[];
}

const cases: readonly Case[] = [
  {
    says: 'task lists are steps anywhere, ticked ones are done',
    plan: '# Plan\n\nWhy.\n\n- [ ] Write the test\n- [x] Read the code\n- a remark\n\n## Later\n\n* [ ] Deploy',
    steps: ['Write the test', 'Read the code [done]', 'Deploy'],
  },
  {
    says: 'numbered lists are steps below a heading that says steps, and only there',
    plan: '## Background\n\n1. not this\n\n## Steps\n\n1. First\n2. Second\n\n## Risks\n\n1. nor this',
    steps: ['First', 'Second'],
  },
  {
    says: 'a section of steps may have phases below it',
    plan: '## Implementation steps\n\n### Phase 1\n\n1. A\n\n### Phase 2\n\n1. B\n',
    steps: ['A', 'B'],
  },
  {
    says: 'headings Step n are steps; what stands below them is theirs',
    plan: '## Step 1: Test\n\nText.\n\n## Step 2 - Fix\n\n1. Find it\n2. Mend it (depends on 1)\n\n## Step 3\n',
    steps: ['Test', 'Fix', '2> Find it', '2> Mend it <- 3', 'Step 3'],
  },
  {
    says: 'nested items become parts, at any depth',
    plan: '- [ ] A\n  - [ ] B\n    - C\n  - [ ] D\n- [ ] E',
    steps: ['A', '1> B', '2> C', '1> D', 'E'],
  },
  {
    says: 'deeper Step headings are parts of the step above',
    plan: '## Step 1: A\n\n### Step 1.1: B\n\n### Step 1.2: C (depends on 1)\n\n## Step 2: D (depends on 1.2)\n',
    steps: ['A', '1> B', '1> C <- 2', 'D <- 3'],
  },
  {
    says: 'hints become priority and dependencies and leave the title',
    plan: '## Steps\n\n1. A (high)\n2. B (depends on 1)\n3. C (low, depends on 1 and 2)\n4. D (Depends on steps 2, 3) (critical)\n',
    steps: ['A !high', 'B <- 1', 'C !low <- 1,2', 'D !critical <- 2,3'],
  },
  {
    says: 'parentheses that say anything else stay',
    plan: '- [ ] Make it (high availability)\n- [ ] Call set(high)\n- [ ] Check (2)',
    steps: ['Make it (high availability)', 'Call set(high)', 'Check (2)'],
  },
  {
    says: 'in a list without numbers a number means the place',
    plan: '- [ ] A\n- [ ] B (depends on 1)',
    steps: ['A', 'B <- 1'],
  },
  {
    says: 'a number means a step beside it first, then one beside its parent',
    plan: '1. x\n\n## Steps\n\n1. A\n   1. a\n   2. b (depends on 1)\n2. B\n   1. c (depends on 2)\n3. C\n   1. d (depends on 2)\n',
    steps: ['A', '1> a', '1> b <- 2', 'B', '4> c', 'C', '6> d <- 4'],
    problems: [/"c" depends on step 4, of which it is a part/],
  },
  {
    says: 'the same list goes before another with the same number',
    plan: '## Steps\n\n### One\n\n1. A\n2. B\n\n### Two\n\n1. C\n2. D (depends on 1)\n',
    steps: ['A', 'B', 'C', 'D <- 3'],
  },
  {
    says: 'dependencies that lead nowhere or round are told and left out',
    plan: '- [ ] A (depends on 2)\n- [ ] B (depends on 1)\n- [ ] C (depends on 3)\n- [ ] D (depends on 9)',
    steps: ['A <- 2', 'B', 'C', 'D'],
    problems: [
      /there is no step 9/,
      /"B" depends on step 1, which waits for it in turn/,
      /"C" depends on itself/,
    ],
  },
  { says: 'a plan without any has none', plan: '# Plan\n\nJust prose.\n\n- a\n- b\n\n1. c\n', steps: [] },
  { says: 'code blocks are not read', plan: '```md\n- [ ] no\n## Step 1: no\n```\n', steps: [] },
  { says: 'empty items are skipped', plan: '- [ ] A\n- [ ] \n- [ ] B', steps: ['A', 'B'] },
];

describe('plan steps', () => {
  for (const { says, plan, steps, problems = [] } of cases)
    it(says, () => {
      const reading = read(plan);
      assert.deepEqual(shown(reading), steps);
      assert.equal(reading.source, 'markdown');
      assert.equal(reading.problems.length, problems.length, reading.problems.join('\n'));
      problems.forEach((problem, index) => assert.match(reading.problems[index] ?? '', problem));
    });

  it('keep what stands below an item as its description, in Markdown', () => {
    const [step] = read('## Steps\n\n1. Fix\n\n   Use `git`.\n\n   - part\n').steps;
    assert.equal(step?.description, 'Use `git`.');
  });

  it('cut titles at 200 characters and keep the whole sentence in the description', () => {
    const long = 'word '.repeat(60).trim();
    const [step] = read(`- [ ] ${long}`).steps;
    assert.ok(step);
    assert.ok(step.title.length <= 200 && step.title.endsWith('…'), step.title);
    assert.equal(step.description, long);
  });

  it('take 100 and say that there were more', () => {
    const reading = read(Array.from({ length: 105 }, (_, index) => `- [ ] Step ${index + 1}`).join('\n'));
    assert.equal(reading.steps.length, 100);
    assert.match(reading.problems.join(), /105 steps; only the first 100/);
  });

  it('handed over as data win over the text', () => {
    const reading = read('- [ ] from the text', {
      steps: [{ title: 'A' }, { title: 'B', priority: 'high', parent: 1 }, { title: 'C', dependsOn: [1] }],
    });
    assert.equal(reading.source, 'data');
    assert.deepEqual(shown(reading), ['A', '1> B !high', 'C <- 1']);
  });

  it('handed over wrongly are told of, and the text is read', () => {
    const reading = read('- [ ] from the text', { steps: [{ name: 'A' }] });
    assert.equal(reading.source, 'markdown');
    assert.deepEqual(shown(reading), ['from the text']);
    assert.match(reading.problems[0] ?? '', /not readable: 0\.title/);
  });

  it('as data may not name a later parent', () => {
    const reading = read('', { steps: [{ title: 'A', parent: 2 }, { title: 'B' }] });
    assert.deepEqual(shown(reading), ['A', 'B']);
    assert.match(reading.problems[0] ?? '', /does not stand before it/);
  });
});
