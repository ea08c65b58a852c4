import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createLoopCatalog } from '../../../../src/agents/loops/loopCatalog.ts';
import { createRoleCatalog } from '../../../../src/agents/roles/roleCatalog.ts';

describe('loop definitions', () => {
  let workspaceRoot = '';
  const catalog = () =>
    createLoopCatalog({ workspaceRoot, roles: createRoleCatalog({ workspaceRoot, operationIds: [] }) });
  const write = (name: string, text: string) => {
    const folder = path.join(workspaceRoot, '.sloop', 'loops');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  beforeEach(() => (workspaceRoot = mkdtempSync(path.join(os.tmpdir(), 'sloop-loops-'))));
  afterEach(() => rmSync(workspaceRoot, { recursive: true, force: true }));

  it('ships harness, research and goal-driven with a prompt for every stage and only known roles', () => {
    const shipped = catalog();
    assert.deepEqual(
      shipped
        .list()
        .map(({ name, roles, termination, maxIterations }) => [
          name,
          roles.map(({ role }) => role),
          termination.type,
          maxIterations,
        ]),
      [
        ['harness', ['plan', 'coder', 'reviewer'], 'verdict', 5],
        ['research', ['explorer', 'coder', 'reviewer'], 'verdict', 3],
        ['goal-driven', ['plan', 'coder'], 'goal', 10],
      ],
    );
    assert.deepEqual(shipped.problems(), []);
    assert.match(shipped.find('research')?.roles[0]?.prompt ?? '', /\{\{topic\}\}/);
    assert.deepEqual(
      shipped
        .find('research')
        ?.parameters.map(({ name, required, default: preset }) => [name, required, preset]),
      [
        ['topic', true, null],
        ['output_format', false, 'a Markdown report with sources'],
      ],
    );
  });

  it('reads JSON, YAML and Markdown of the workspace', () => {
    write(
      'one.json',
      JSON.stringify(
        {
          description: 'd',
          roles: [{ name: 'a', role: 'plan', prompt: 'p' }],
          termination: { type: 'rounds' },
        },
        null,
        '\t',
      ),
    );
    write(
      'two.yaml',
      'description: d\nroles: [{name: a, role: plan, prompt: p}]\ntermination: {type: rounds}\n',
    );
    write(
      'harness.md',
      '---\ndescription: ours\nroles: [{name: do it, role: coder}]\ntermination: {type: rounds}\n---\n## Do it\nNow.\n',
    );
    const loops = catalog();
    assert.deepEqual(loops.problems(), []);
    assert.equal(loops.find('one')?.roles[0]?.prompt, 'p');
    assert.equal(loops.find('two')?.maxIterations, 5);
    assert.deepEqual(loops.find('harness')?.roles, [
      { name: 'do it', role: 'coder', prompt: 'Now.', gate: null },
    ]);
  });

  it('names line and field in JSON too', () => {
    write(
      'bad.json',
      '{\n  "description": "d",\n  "roles": [\n    { "name": "a", "role": "plan" }\n  ],\n  "termination": { "type": "never" },\n  "maxIterations": 0\n}\n',
    );
    const problems = catalog().problems();
    assert.match(problems[0] ?? '', /^\.sloop\/loops\/bad\.json:4 roles\.0\.prompt /);
    assert.match(problems[1] ?? '', /^\.sloop\/loops\/bad\.json:6 termination\.type /);
    assert.match(problems[2] ?? '', /^\.sloop\/loops\/bad\.json:7 maxIterations /);
    assert.equal(catalog().find('bad'), undefined);
  });

  it('names the line of JSON that does not parse', () => {
    write('broken.json', '{\n  "description": "d",\n  "roles": [\n');
    assert.match(catalog().problems()[0] ?? '', /^\.sloop\/loops\/broken\.json:\d /);
  });

  it('says which role a definition lacks, and which file defines a name twice', () => {
    write(
      'mine.yaml',
      'description: d\nroles: [{name: a, role: wizard, prompt: p}]\ntermination: {type: rounds}\n',
    );
    write(
      'mine.json',
      '{"description":"d","roles":[{"name":"a","role":"plan","prompt":"p"}],"termination":{"type":"rounds"}}',
    );
    const problems = catalog().problems();
    assert.deepEqual(problems, [
      '.sloop/loops/mine.yaml:1 mine is defined in .sloop/loops/mine.json already',
    ]);
    rmSync(path.join(workspaceRoot, '.sloop/loops/mine.json'));
    assert.deepEqual(catalog().problems(), [
      'Loop mine: its stage a needs the role wizard, and there is none of that name',
    ]);
  });
});
