import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRoleCatalog, readRole } from '../../../../src/agents/roles/roleCatalog.ts';
import { permissionsOf } from '../../../../src/domain/caller.ts';
import { operations } from '../../../../src/operations/all.ts';
import { anAgentCaller } from '../../../support/testHost.ts';

const operationIds = ['report', 'context'];

describe('roles', () => {
  let workspaceRoot = '';
  const write = (name: string, text: string) => {
    const file = path.join(workspaceRoot, '.sloop', 'roles', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  beforeEach(() => (workspaceRoot = mkdtempSync(path.join(os.tmpdir(), 'sloop-roles-'))));
  afterEach(() => rmSync(workspaceRoot, { recursive: true, force: true }));

  it('ships plan, coder, reviewer, explorer, discuss, detail and refine, whole', () => {
    const catalog = createRoleCatalog({ workspaceRoot, operationIds });
    assert.deepEqual(
      catalog.list().map(({ name, access, output }) => [name, access, output]),
      [
        ['plan', 'read-only-shell', 'plan'],
        ['coder', 'full', 'loop_output'],
        ['reviewer', 'read-only-shell', 'loop_output'],
        ['explorer', 'read-only-shell', 'document'],
        ['discuss', 'read-only', 'document'],
        ['detail', 'read-only-shell', 'document'],
        ['refine', 'read-only', 'document'],
      ],
    );
    assert.deepEqual(catalog.problems(), []);
  });

  it('gives shipped roles only tools that are operations', () => {
    const ids = operations.map(({ id }) => id as string);
    const absent = createRoleCatalog({ workspaceRoot, operationIds })
      .list()
      .flatMap(({ tools }) => tools)
      .filter((tool) => !ids.includes(tool));
    assert.deepEqual(absent, []);
  });

  it('lets those that plan propose, and start no agent and no work', () => {
    const catalog = createRoleCatalog({ workspaceRoot, operationIds });
    const starting = operations.filter(({ id }) =>
      /^(agent\.(start|resume)|dispatch\.start|loop\.start)$/.test(id),
    );
    assert.ok(starting.length >= 3);
    for (const name of ['plan', 'discuss', 'detail', 'refine']) {
      const role = catalog.find(name);
      assert.ok(role !== undefined && role.tools.includes('proposal.create'), name);
      const allowed = permissionsOf(anAgentCaller({ access: role.access }));
      assert.ok(allowed.includes('comment'), name);
      for (const { id, permission } of starting) assert.ok(!allowed.includes(permission), `${name} ${id}`);
    }
  });

  it("lets a workspace's file of the same name win, and adds others", () => {
    const catalog = createRoleCatalog({ workspaceRoot, operationIds });
    write(
      'coder.md',
      '---\ndisplayName: Our coder\ndescription: d\naccess: full\ntools: [report]\n---\nMind our style.\n',
    );
    write(
      'tester.md',
      '---\ndisplayName: Tester\ndescription: d\naccess: read-only\ntools: []\n---\nTest.\n',
    );
    assert.equal(catalog.find('coder')?.prompt, 'Mind our style.');
    assert.equal(catalog.find('tester')?.displayName, 'Tester');
    assert.equal(catalog.list().length, 8);
  });

  it('reads a file again when it changed, and forgets it when it is gone', () => {
    const catalog = createRoleCatalog({ workspaceRoot, operationIds });
    const text = (name: string) =>
      `---\ndisplayName: ${name}\ndescription: d\naccess: full\ntools: []\n---\nDo.\n`;
    const file = write('coder.md', text('One'));
    assert.equal(catalog.find('coder')?.displayName, 'One');
    write('coder.md', text('Two'));
    utimesSync(file, new Date(), new Date(Date.now() + 5000));
    assert.equal(catalog.find('coder')?.displayName, 'Two');
    rmSync(file);
    assert.equal(catalog.find('coder')?.displayName, 'Coder');
  });

  it('names file, line and field of what is wrong, and the shipped role holds', () => {
    const catalog = createRoleCatalog({ workspaceRoot, operationIds });
    write(
      'coder.md',
      '---\ndisplayName: Ours\ndescription: d\naccess: all\nacess: full\ntools: [report, todo.fly]\n---\nDo.\n',
    );
    assert.equal(catalog.find('coder')?.displayName, 'Coder');
    assert.deepEqual(catalog.problems(), [
      '.sloop/roles/coder.md:4 access Invalid option: expected one of "full"|"read-only"|"read-only-shell"|"minimal"',
      '.sloop/roles/coder.md:6 tools.1 has no operation todo.fly',
      '.sloop/roles/coder.md:5 acess is no field here',
    ]);
  });

  it('says what a file without front matter, without text or with broken YAML lacks', () => {
    const problemsOf = (text: string) => {
      const checked = readRole({ file: 'r.md', text });
      return 'problems' in checked ? checked.problems : [];
    };
    assert.deepEqual(problemsOf('Just text'), ['r.md:1 needs front matter: fields between two lines of ---']);
    assert.deepEqual(problemsOf('---\naccess: full\n---\n'), [
      'r.md:1 prompt is missing: write it below the front matter',
    ]);
    assert.match(problemsOf('---\na: [1\n---\nText')[0] ?? '', /^r\.md:\d /);
    assert.match(problemsOf('---\n---\nText').join('\n'), /r\.md:\d displayName/);
  });
});
