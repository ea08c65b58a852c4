import assert from 'node:assert/strict';
import { expectOk } from '../../../../src/base/result.ts';
import { gemini } from '../../../../src/agents/providers/gemini.ts';
import type { LaunchRequest } from '../../../../src/agents/providers/provider.ts';
import { aLaunch } from '../../../support/aLaunch.ts';

const launch = (overrides: Partial<LaunchRequest> = {}) => expectOk(gemini.launch(aLaunch(overrides)));
const file = (name: string, overrides: Partial<LaunchRequest> = {}) =>
  launch(overrides).files.find(({ path }) => path === name)?.content ?? '';

describe('the launch of Gemini CLI', () => {
  it('is this command line, and these private settings', () => {
    const plan = launch({ model: 'pro', limits: { turns: 30 } });
    assert.deepEqual(plan.argv, [
      ...['gemini', '--output-format', 'stream-json', '--skip-trust'],
      ...['--session-id', '0b9f6f0e-5c0a-4d52-9f0c-0a1f4f4f8a11', '--approval-mode', 'auto_edit'],
      ...['--admin-policy', '/private/brave-otter/gemini-policy.toml', '--model', 'pro'],
    ]);
    assert.deepEqual(plan.stdin, { kind: 'text', text: 'You are the coder.\n\nFix the greeting.' });
    assert.deepEqual(plan.environment, {
      GEMINI_CLI_SYSTEM_DEFAULTS_PATH: '/private/brave-otter/gemini-settings.json',
      GEMINI_CLI_NO_RELAUNCH: 'true',
    });
    const { mcpServers, general, model } = JSON.parse(
      file('gemini-settings.json', { limits: { turns: 30 } }),
    ) as Record<string, unknown>;
    assert.deepEqual(
      { mcpServers, general, model },
      {
        mcpServers: {
          sloop: {
            command: '/usr/bin/node',
            args: ['sloop.cjs', 'mcp'],
            env: { SLOOP_WORKSPACE: '/repository', SLOOP_TOKEN: 'secret-token' },
            includeTools: ['report', 'stage_finish'],
            trust: true,
            timeout: 120_000,
          },
        },
        general: { enableAutoUpdate: false },
        model: { maxSessionTurns: 30 },
      },
    );
    assert.ok(plan.files.every(({ mode }) => mode === 0o600));
  });

  it('denies below full access what writes, over whatever the person’s own policy says', () => {
    const denied = (access: LaunchRequest['access']) =>
      [...file('gemini-policy.toml', { access }).matchAll(/toolName = "(\w+)"\ndecision = "deny"/g)].map(
        ([, tool]) => tool,
      );
    assert.deepEqual(denied('full'), []);
    for (const access of ['read-only', 'read-only-shell', 'minimal'] as const) {
      const tools = denied(access);
      assert.ok(['write_file', 'replace', 'invoke_agent'].every((tool) => tools.includes(tool)));
      assert.equal(tools.includes('run_shell_command'), access !== 'read-only-shell');
      assert.equal(tools.includes('web_fetch'), access === 'minimal');
      assert.ok(!file('gemini-policy.toml', { access }).includes('allowRedirection'));
      const { argv } = launch({ access });
      assert.deepEqual(argv.slice(argv.indexOf('--allowed-mcp-server-names')).slice(0, 2), [
        '--allowed-mcp-server-names',
        'sloop',
      ]);
      assert.ok(argv.includes('default'));
    }
  });

  it('resumes by id, and gives the terminal to an interactive agent', () => {
    const plan = launch({ form: 'interactive', session: { kind: 'resume', id: 'abc' }, systemPrompt: '' });
    assert.deepEqual(plan.argv.slice(1, 3), ['--resume', 'abc']);
    assert.deepEqual(plan.argv.slice(-2), ['--prompt-interactive', 'Fix the greeting.']);
    assert.deepEqual(plan.stdin, { kind: 'terminal' });
    assert.equal(plan.providerSessionId, 'abc');
  });

  it('says what Gemini CLI cannot do', () => {
    const { cannot } = launch({ access: 'read-only-shell', effort: 'high', limits: { costUsd: 1 } });
    assert.equal(cannot.length, 3);
  });
});
