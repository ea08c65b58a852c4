import assert from 'node:assert/strict';
import { expectOk } from '../../../../src/base/result.ts';
import { claude } from '../../../../src/agents/providers/claude.ts';
import type { LaunchRequest } from '../../../../src/agents/providers/provider.ts';
import { aLaunch } from '../../../support/aLaunch.ts';

const launch = (overrides: Partial<LaunchRequest> = {}) => expectOk(claude.launch(aLaunch(overrides)));
const after = (argv: readonly string[], flag: string) => argv[argv.indexOf(flag) + 1];

describe('the launch of Claude Code', () => {
  it('is this command line', () => {
    const plan = launch({ model: 'opus', effort: 'high', limits: { turns: 30, costUsd: 2.5 } });
    assert.deepEqual(plan.argv, [
      'claude',
      ...['-p', '--output-format', 'stream-json', '--verbose'],
      ...['--session-id', '0b9f6f0e-5c0a-4d52-9f0c-0a1f4f4f8a11'],
      ...['--mcp-config', '/private/brave-otter/claude-mcp.json', '--strict-mcp-config'],
      ...['--settings', '/private/brave-otter/claude-settings.json'],
      ...['--permission-mode', 'acceptEdits'],
      '--tools',
      'Read,Glob,Grep,Edit,Write,NotebookEdit,Bash,TaskOutput,TaskStop,Task,TodoWrite,WebFetch,WebSearch',
      '--allowedTools',
      'Read,Glob,Grep,Bash,TaskOutput,TaskStop,Task,TodoWrite,WebFetch,WebSearch,' +
        'mcp__sloop__report,mcp__sloop__stage_finish',
      ...['--append-system-prompt-file', '/private/brave-otter/system-prompt.md'],
      ...['--model', 'opus', '--effort', 'high', '--max-turns', '30', '--max-budget-usd', '2.5'],
    ]);
    assert.deepEqual(plan.stdin, { kind: 'text', text: 'Fix the greeting.' });
    assert.equal(plan.stopSignal, 'SIGINT');
    assert.equal(plan.providerSessionId, '0b9f6f0e-5c0a-4d52-9f0c-0a1f4f4f8a11');
  });

  it('has the token in a private file alone', () => {
    const plan = launch();
    const [config, ...others] = plan.files;
    assert.match(config?.content ?? '', /secret-token/);
    assert.equal(config?.mode, 0o600);
    assert.ok(!JSON.stringify({ ...plan, files: others }).includes('secret-token'));
  });

  it('gives an edit tool to full access alone, and a shell to none below it but read-only-shell', () => {
    const tools = (access: LaunchRequest['access']) =>
      after(launch({ access }).argv, '--tools')?.split(',') ?? [];
    for (const access of ['read-only', 'read-only-shell', 'minimal'] as const) {
      assert.ok(!tools(access).some((tool) => ['Edit', 'Write', 'NotebookEdit', 'Task'].includes(tool)));
      assert.equal(tools(access).includes('Bash'), access === 'read-only-shell');
      assert.equal(after(launch({ access }).argv, '--permission-mode'), 'default');
      assert.ok(after(launch({ access }).argv, '--allowedTools')?.includes('mcp__sloop__report'));
    }
    assert.equal(launch({ access: 'read-only-shell' }).cannot.length, 1);
  });

  it('names further folders to full access alone', () => {
    const writableFolders = ['/other'];
    assert.equal(after(launch({ writableFolders }).argv, '--add-dir'), '/other');
    assert.ok(!launch({ writableFolders, access: 'read-only' }).argv.includes('--add-dir'));
  });

  it('resumes by id, and puts a person’s own arguments last', () => {
    const { argv } = launch({
      session: { kind: 'resume', id: 'abc' },
      settings: { executable: '/opt/claude', extraArguments: ['--model', 'haiku'] },
    });
    assert.equal(argv[0], '/opt/claude');
    assert.equal(after(argv, '--resume'), 'abc');
    assert.ok(!argv.includes('--session-id'));
    assert.deepEqual(argv.slice(-2), ['--model', 'haiku']);
  });

  it('gives the terminal to an interactive agent, with the prompt after all options', () => {
    const plan = launch({ form: 'interactive', prompt: '--help me', limits: { turns: 3 } });
    assert.deepEqual(plan.argv.slice(-2), ['--', '--help me']);
    assert.match(after(plan.argv, '--tools') ?? '', /WaitForMcpServers/);
    assert.ok(!plan.argv.includes('-p') && !plan.argv.includes('--max-turns'));
    assert.deepEqual(plan.stdin, { kind: 'terminal' });
    assert.equal(plan.stopSignal, undefined);
    assert.equal(plan.cannot.length, 1);
  });
});
