import assert from 'node:assert/strict';
import { fill } from '../../../../src/agents/script/fill.ts';
import { readScript, stepsFor, type Script } from '../../../../src/agents/script/script.ts';

const read = (text: string): Script => {
  const checked = readScript('/somewhere/play.yaml', text);
  if ('problems' in checked) throw new Error(checked.problems.join('\n'));
  return checked.value;
};
const problems = (text: string): readonly string[] => {
  const checked = readScript('/somewhere/play.yaml', text);
  return 'problems' in checked ? checked.problems : [];
};
const coder = { role: 'coder', round: 1, attempt: 1, start: 1 };

describe('scripts', () => {
  it('play the first part that fits role, round, attempt and start', () => {
    const script = read(`
parts:
  - when: { role: coder, round: 2 }
    steps: [{ say: coder in round 2 }]
  - when: { role: coder, attempt: [2, 3] }
    steps: [{ say: coder again }]
  - when: { role: [coder, plan] }
    steps: [{ say: any }]
`);
    const said = (situation: object) => stepsFor(script, { ...coder, ...situation })?.[0]?.say;
    assert.equal(said({}), 'any');
    assert.equal(said({ round: 2 }), 'coder in round 2');
    assert.equal(said({ attempt: 3 }), 'coder again');
    assert.equal(said({ role: 'plan', round: null }), 'any');
    assert.equal(stepsFor(script, { ...coder, role: 'reviewer' }), undefined);
  });

  it('say in which line and field they are wrong', () => {
    assert.deepEqual(problems('steps:\n  - say: a\n  - think: soon\n'), [
      'play.yaml:3 steps.1.think Invalid input: expected number, received string',
    ]);
    assert.match(problems('steps:\n  - {}\n').join(), /play\.yaml:2 steps\.0 needs one of say, think, edit/);
    assert.match(problems('steps:\n  - { say: a, think: 1 }\n').join(), /play\.yaml:2 steps\.0 needs one of/);
    assert.match(
      problems('steps:\n  - edit: { file: a, write: b, append: c }\n').join(),
      /play\.yaml:2 steps\.0\.edit needs one of write, append, replace/,
    );
    assert.match(
      problems('steps:\n  - edit: { file: a, replace: b }\n').join(),
      /needs replace and with together/,
    );
    assert.match(problems('steps: []\nparts: []\n').join(), /needs either steps or parts/);
    assert.match(
      problems('parts:\n  - wen: {}\n    steps: []\n').join(),
      /play\.yaml:2 parts\.0\.wen is no field here/,
    );
    assert.match(
      problems('steps:\n  - finish: { summary: s, verdict: fine }\n').join(),
      /play\.yaml:2 steps\.0\.finish\.verdict/,
    );
  });

  it('fill values anywhere in a step, and refuse an unknown one by name', () => {
    const values = new Map([
      ['goal', 'fix $& it'],
      ['round', '2'],
    ]);
    assert.deepEqual(fill({ a: ['{{goal}}!', 1], b: { c: 'round {{ round }}' } }, values), {
      a: ['fix $& it!', 1],
      b: { c: 'round 2' },
    });
    assert.throws(() => fill('{{gaol}}', values), /uses \{\{gaol\}\}; there are: goal, round/);
  });
});
