import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expectOk } from '../../../../src/base/result.ts';
import { settingsFile } from '../../../../src/agents/settings/settingsFile.ts';
import { readUserSettings } from '../../../../src/agents/settings/userSettings.ts';
import { refusalOf } from '../../../support/testHost.ts';

describe("the user's settings", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-settings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (text: string) => writeFileSync(settingsFile(folder), text);

  it('are empty where there is no file, or nothing in it', () => {
    assert.deepEqual(expectOk(readUserSettings(folder)).commands, []);
    write('# nothing yet\n');
    assert.equal(expectOk(readUserSettings(folder)).providerSettings('claude'), undefined);
  });

  it('hold what a provider is started with, and command lines of a person', () => {
    write(
      [
        'providers:',
        '  claude: { extraArguments: [--verbose], env: { A: b } }',
        'commands:',
        '  - { id: mine, title: My agent, argv: [my-agent, "{prompt}"] }',
      ].join('\n'),
    );
    const settings = expectOk(readUserSettings(folder));
    assert.deepEqual(settings.providerSettings('claude'), { extraArguments: ['--verbose'], env: { A: 'b' } });
    assert.deepEqual(
      settings.commands.map(({ id }) => id),
      ['mine'],
    );
  });

  it('of a role count over those of its provider', () => {
    write(
      [
        'providers:',
        '  codex: { executable: /opt/codex, extraArguments: [-a], env: { A: 1x, B: 2x }, model: small, effort: low }',
        'roles:',
        '  coder: { provider: codex, model: large, extraArguments: [-b], env: { B: 3x } }',
      ].join('\n'),
    );
    const settings = expectOk(readUserSettings(folder));
    assert.deepEqual(settings.providerSettings('codex', 'coder'), {
      executable: '/opt/codex',
      extraArguments: ['-a', '-b'],
      env: { A: '1x', B: '3x' },
      model: 'large',
      effort: 'low',
    });
    assert.equal(settings.providerSettings('codex', 'reviewer')?.model, 'small');
    assert.equal(settings.providerSettings('claude', 'coder'), undefined, 'they are for codex');
  });

  it('name file, line and field of a fault', () => {
    write('providers:\n  claude:\n    executabel: x\n');
    const refusal = refusalOf(readUserSettings(folder));
    assert.equal(refusal.code, 'invalid');
    assert.match(refusal.message, /^settings\.yaml:3 .*executabel/);
  });
});
