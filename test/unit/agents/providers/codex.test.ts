import assert from 'node:assert/strict';
import { expectOk } from '../../../../src/base/result.ts';
import { codex } from '../../../../src/agents/providers/codex.ts';
import { codexHooks } from '../../../../src/agents/providers/hooks/codexHooks.ts';
import type { LaunchRequest } from '../../../../src/agents/providers/provider.ts';
import { toml } from '../../../../src/agents/providers/toml.ts';
import { aLaunch } from '../../../support/aLaunch.ts';

const launch = (overrides: Partial<LaunchRequest> = {}) => expectOk(codex.launch(aLaunch(overrides)));

describe('the launch of Codex', () => {
  it('is this command line', () => {
    const plan = launch({ model: 'gpt-5', effort: 'high', writableFolders: ['/repository/.git'] });
    assert.deepEqual(plan.argv, [
      ...['codex', 'exec', '--json', '--skip-git-repo-check'],
      '-c',
      'mcp_servers.sloop={ "command" = "/usr/bin/node", "args" = ["sloop.cjs", "mcp"], ' +
        '"env" = { "SLOOP_WORKSPACE" = "/repository" }, "env_vars" = ["SLOOP_TOKEN"], ' +
        '"default_tools_approval_mode" = "approve", "required" = true, ' +
        '"enabled_tools" = ["report", "stage_finish"], "startup_timeout_sec" = 30, "tool_timeout_sec" = 120 }',
      ...['-c', 'allow_login_shell=false', '-c', 'sandbox_mode="workspace-write"'],
      ...['-c', 'sandbox_workspace_write.network_access=true'],
      ...['-c', 'sandbox_workspace_write.writable_roots=["/repository/.git"]'],
      ...Object.entries(codexHooks()).flatMap(([key, value]) => ['-c', `${key}=${toml(value)}`]),
      ...['-c', 'developer_instructions="You are the coder."'],
      ...['-c', 'model_reasoning_effort="high"'],
      ...['-m', 'gpt-5', '-'],
    ]);
    assert.deepEqual(plan.stdin, { kind: 'text', text: 'Fix the greeting.' });
    assert.equal(plan.stopSignal, 'SIGINT');
    assert.deepEqual(plan.files, []);
    assert.deepEqual(plan.environment, { SLOOP_TOKEN: 'secret-token' });
  });

  it('never writes to the working folder below full access', () => {
    for (const access of ['read-only', 'read-only-shell', 'minimal'] as const) {
      const { argv } = launch({ access, writableFolders: ['/repository/.git'] });
      assert.equal(argv.includes('sandbox_mode="read-only"'), access !== 'read-only-shell');
      assert.ok(!argv.some((argument) => argument.includes('sandbox_workspace_write')));
    }
  });

  it('gives tests a temporary folder and the network at read-only-shell', () => {
    const { argv } = launch({ access: 'read-only-shell' });
    assert.ok(argv.includes('default_permissions="sloop"'));
    assert.ok(
      argv.includes(
        'permissions.sloop={ "filesystem" = { ":root" = "read", ":tmpdir" = "write", ":slash_tmp" = "write", ' +
          '"/repository" = "read" }, "network" = { "enabled" = true } }',
      ),
    );
  });

  it('resumes by id, and knows the session’s id before the start only then', () => {
    const plan = launch({ session: { kind: 'resume', id: 'thread' } });
    assert.deepEqual(plan.argv.slice(-3), ['resume', 'thread', '-']);
    assert.equal(plan.providerSessionId, 'thread');
    assert.equal(launch().providerSessionId, undefined);
  });

  it('gives the terminal to an interactive agent', () => {
    const plan = launch({ form: 'interactive', session: { kind: 'resume', id: 'thread' } });
    assert.deepEqual(plan.argv.slice(0, 3), ['codex', 'resume', 'thread']);
    assert.deepEqual(plan.argv.slice(-2), ['--', 'Fix the greeting.']);
    assert.deepEqual(plan.stdin, { kind: 'terminal' });
    assert.equal(plan.stopSignal, undefined);
  });

  it('says what Codex cannot do', () => {
    assert.deepEqual(launch({ limits: { turns: 3, costUsd: 1 } }).cannot, [
      'Codex cannot limit its turns.',
      'Codex cannot limit its cost.',
      'Codex keeps .git read-only: it cannot commit.',
    ]);
  });

  it('refuses a system prompt that no command line takes', () => {
    const refused = codex.launch(aLaunch({ systemPrompt: 'x'.repeat(30_000) }));
    assert.ok(!refused.ok && refused.refusal.code === 'limit');
  });

  it('writes TOML that quotes whatever comes', () => {
    assert.equal(toml('a "b"\n\\c\u007f'), '"a \\"b\\"\\n\\\\c\\u007F"');
    assert.equal(toml({ 'a.b': [1, true, 'x'] }), '{ "a.b" = [1, true, "x"] }');
    assert.equal(toml({}), '{  }');
  });
});
