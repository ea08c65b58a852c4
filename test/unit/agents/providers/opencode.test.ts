import assert from 'node:assert/strict';
import { expectOk } from '../../../../src/base/result.ts';
import { opencode } from '../../../../src/agents/providers/opencode.ts';
import type { LaunchRequest } from '../../../../src/agents/providers/provider.ts';
import { aLaunch } from '../../../support/aLaunch.ts';

const launch = (overrides: Partial<LaunchRequest> = {}) => expectOk(opencode.launch(aLaunch(overrides)));

interface Config {
  readonly mcp: unknown;
  readonly instructions?: readonly string[];
  readonly agent: {
    readonly sloop: { readonly permission: Readonly<Record<string, unknown>>; readonly steps?: number };
  };
}
const config = (overrides: Partial<LaunchRequest> = {}) =>
  JSON.parse(launch(overrides).environment['OPENCODE_CONFIG_CONTENT'] ?? '') as Config;

describe('the launch of opencode', () => {
  it('is this command line, and this configuration', () => {
    const plan = launch({ model: 'vendor/large', effort: 'high', limits: { turns: 7 } });
    assert.deepEqual(plan.argv, [
      ...['opencode', 'run', '--format', 'json', '--print-logs', '--log-level', 'WARN'],
      ...['--agent', 'sloop', '--model', 'vendor/large', '--variant', 'high'],
    ]);
    assert.deepEqual(plan.stdin, { kind: 'text', text: 'Fix the greeting.' });
    const { mcp, instructions, agent } = config({ limits: { turns: 7 } });
    assert.deepEqual(mcp, {
      sloop: {
        type: 'local',
        command: ['/usr/bin/node', 'sloop.cjs', 'mcp'],
        environment: { SLOOP_WORKSPACE: '/repository' },
        enabled: true,
        timeout: 120_000,
      },
    });
    assert.deepEqual(instructions, ['/private/brave-otter/opencode-role.md']);
    assert.equal(agent.sloop.steps, 7);
    assert.equal(plan.providerSessionId, undefined);
  });

  it('has the token in the environment alone', () => {
    const plan = launch();
    assert.equal(plan.environment['SLOOP_TOKEN'], 'secret-token');
    assert.ok(!JSON.stringify([plan.argv, plan.files, config()]).includes('secret-token'));
  });

  it('denies below full access everything but what reads and its own tools', () => {
    const rights = (access: LaunchRequest['access']) => config({ access }).agent.sloop.permission;
    assert.equal(rights('full')['*'], undefined);
    assert.equal(rights('full')['edit'], 'allow');
    for (const access of ['read-only', 'read-only-shell', 'minimal'] as const) {
      // The last rule that fits decides: the general one must stand first.
      assert.deepEqual(Object.entries(rights(access))[0], ['*', 'deny']);
      assert.equal(rights(access)['edit'], undefined);
      assert.equal(rights(access)['bash'], access === 'read-only-shell' ? 'allow' : undefined);
      assert.equal(rights(access)['webfetch'], access === 'minimal' ? undefined : 'allow');
      assert.equal(rights(access)['sloop_report'], 'allow');
      assert.equal(rights(access)['sloop_*'], 'deny');
    }
  });

  it('has nobody to ask in the streamed form, where a question would end the turn', () => {
    const outside = (form: LaunchRequest['form']) =>
      config({ form, writableFolders: ['/repository/.git'] }).agent.sloop.permission['external_directory'];
    assert.deepEqual(outside('streamed'), { '*': 'deny', '/repository/.git/**': 'allow' });
    assert.deepEqual(outside('interactive'), { '*': 'ask', '/repository/.git/**': 'allow' });
  });

  it('resumes by id, and gives the terminal to an interactive agent', () => {
    const plan = launch({ form: 'interactive', session: { kind: 'resume', id: 'ses_1' }, effort: 'high' });
    assert.deepEqual(plan.argv, [
      ...['opencode', '--agent', 'sloop', '--session', 'ses_1'],
      ...['--prompt', 'Fix the greeting.'],
    ]);
    assert.equal(plan.providerSessionId, 'ses_1');
    assert.deepEqual(plan.stdin, { kind: 'terminal' });
    assert.equal(plan.cannot.length, 1);
  });

  it('says when it takes the place of a configuration in the environment', () => {
    const environment = { OPENCODE_CONFIG_CONTENT: '{}' };
    assert.match(launch({ environment }).cannot[0] ?? '', /OPENCODE_CONFIG_CONTENT/);
  });
});
