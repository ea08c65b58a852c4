import assert from 'node:assert/strict';
import { expectOk } from '../../../../src/base/result.ts';
import { copilot } from '../../../../src/agents/providers/copilot.ts';
import type { LaunchRequest } from '../../../../src/agents/providers/provider.ts';
import { aLaunch } from '../../../support/aLaunch.ts';

const launch = (overrides: Partial<LaunchRequest> = {}) => expectOk(copilot.launch(aLaunch(overrides)));

describe('the launch of Copilot CLI', () => {
  it('is this command line', () => {
    const plan = launch({ model: 'gpt', effort: 'high', writableFolders: ['/repository/.git'] });
    assert.deepEqual(plan.argv, [
      ...['copilot', '--output-format', 'json', '--no-ask-user'],
      ...['--usage-output-file', '/private/brave-otter/copilot-usage.json'],
      '--session-id=0b9f6f0e-5c0a-4d52-9f0c-0a1f4f4f8a11',
      ...['--additional-mcp-config', '@/private/brave-otter/copilot-mcp.json', '--disable-builtin-mcps'],
      ...['--no-auto-update', '--plugin-dir=/private/brave-otter/copilot-plugin'],
      ...['--allow-all-tools', '--allow-all-urls'],
      ...['--allow-tool=sloop(report)', '--allow-tool=sloop(stage_finish)', '--add-dir=/repository/.git'],
      ...['--model', 'gpt', '--reasoning-effort', 'high'],
    ]);
    assert.deepEqual(plan.stdin, { kind: 'text', text: 'Fix the greeting.' });
    assert.equal(plan.usageFile, 'copilot-usage.json');
  });

  it('has the token and the role’s prompt in private files', () => {
    const plan = launch();
    const named = (part: string) => plan.files.find((file) => file.path.includes(part));
    const role = named('role.instructions.md');
    assert.match(named('copilot-mcp.json')?.content ?? '', /secret-token/);
    assert.equal(role?.content, '---\napplyTo: "**"\n---\n\nYou are the coder.\n');
    assert.ok(plan.files.every(({ mode }) => mode === 0o600));
    assert.ok(!plan.argv.join(' ').includes('secret-token'));
  });

  it('keeps the folders in which the person has instructions of their own', () => {
    const variable = 'COPILOT_CUSTOM_INSTRUCTIONS_DIRS';
    const own = '/private/brave-otter/copilot-instructions';
    assert.equal(launch().environment[variable], own);
    assert.equal(launch({ environment: { [variable]: '/mine' } }).environment[variable], `${own},/mine`);
  });

  it('offers below full access only tools that read, and a shell where the role has one', () => {
    const offered = (access: LaunchRequest['access']) =>
      launch({ access }).argv.flatMap((word) => word.match(/^--available-tools=(.*)$/)?.[1] ?? []);
    assert.deepEqual(offered('full'), []);
    assert.deepEqual(offered('minimal'), ['view', 'grep', 'glob', 'sloop-report', 'sloop-stage_finish']);
    for (const access of ['read-only', 'read-only-shell', 'minimal'] as const) {
      assert.ok(launch({ access }).argv.includes('--deny-tool=write'));
      assert.ok(!launch({ access, writableFolders: ['/x'] }).argv.includes('--add-dir=/x'));
      assert.equal(offered(access).includes('bash'), access === 'read-only-shell');
      assert.equal(launch({ access }).argv.includes('--deny-tool=shell'), access !== 'read-only-shell');
    }
  });

  it('resumes by id, and gives the terminal to an interactive agent', () => {
    const plan = launch({ form: 'interactive', session: { kind: 'resume', id: 'abc' } });
    assert.equal(plan.argv[1], '--resume=abc');
    assert.deepEqual(plan.argv.slice(-2), ['--interactive', 'Fix the greeting.']);
    assert.deepEqual(plan.stdin, { kind: 'terminal' });
    assert.equal(plan.usageFile, undefined);
  });

  it('says what Copilot CLI cannot do', () => {
    assert.equal(launch({ access: 'read-only-shell', limits: { turns: 1, costUsd: 1 } }).cannot.length, 3);
  });
});
