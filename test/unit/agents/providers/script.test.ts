import assert from 'node:assert/strict';
import { scriptProvider } from '../../../../src/agents/providers/script.ts';
import { aLaunch } from '../../../support/aLaunch.ts';
import { refusalOf } from '../../../support/testHost.ts';

describe('the scripted provider', () => {
  const environment = { PATH: '/usr/bin', SLOOP_SCRIPT: '/repo/play.yaml' };

  it('starts Sloop itself with the script, the prompt by standard input and no token on the command line', () => {
    const launched = scriptProvider.launch(aLaunch({ environment }));
    assert.ok(launched.ok);
    const { argv, stdin, providerSessionId, environment: added } = launched.value;
    assert.deepEqual(argv, ['/usr/bin/node', 'sloop.cjs', 'script-agent', '/repo/play.yaml']);
    assert.deepEqual(stdin, { kind: 'text', text: 'Fix the greeting.' });
    assert.equal(added['SLOOP_SCRIPT_SESSION'], providerSessionId);
    assert.equal(added['SLOOP_TOKEN'], 'secret-token');
  });

  it('is refused without a script', () => {
    assert.match(refusalOf(scriptProvider.launch(aLaunch())).message, /no script to play/);
  });

  it('says what it cannot do of the request', () => {
    const launched = scriptProvider.launch(
      aLaunch({ environment, access: 'read-only', limits: { turns: 3 }, model: 'm' }),
    );
    assert.equal(launched.ok && launched.value.cannot.length, 3);
  });

  it('reads its events, and keeps what it does not know', () => {
    const parser = scriptProvider.parser();
    const lines = [
      { type: 'session', session: 's' },
      { type: 'say', text: 'hi' },
      { type: 'use', tool: 'edit', summary: 'a.ts' },
      { type: 'denied', tool: 'edit', reason: 'no' },
      { type: 'usage', inputTokens: 1, outputTokens: 2, costUsd: 0.5 },
      { type: 'dance' },
      { type: 'end', text: null },
    ].map((event) => JSON.stringify(event));
    assert.deepEqual(
      [...lines, 'no JSON', ''].flatMap((line) => parser.push(line)),
      [
        { kind: 'session', providerSessionId: 's' },
        { kind: 'said', text: 'hi' },
        { kind: 'used', tool: 'edit', summary: 'a.ts' },
        { kind: 'denied', tool: 'edit', reason: 'no' },
        { kind: 'usage', usage: { inputTokens: 1, outputTokens: 2, costUsd: 0.5 } },
        { kind: 'unknown', raw: '{"type":"dance"}' },
        { kind: 'ended' },
        { kind: 'unknown', raw: 'no JSON' },
      ],
    );
  });

  it('tells a bad end once: by its own words, else by its code or signal', () => {
    const end = (exitCode: number | null, signal: string | null, stderrTail = '') => {
      const parser = scriptProvider.parser();
      return parser.end({ exitCode, signal, stderrTail }).map((one) => one.kind === 'failed' && one.reason);
    };
    assert.deepEqual(end(0, null), []);
    assert.deepEqual(end(3, null, 'a\nb\n'), ['The scripted agent ended with exit code 3: b.']);
    assert.deepEqual(end(null, 'SIGKILL'), ['The scripted agent ended with SIGKILL.']);
    const parser = scriptProvider.parser();
    parser.push(JSON.stringify({ type: 'error', reason: 'why' }));
    assert.deepEqual(parser.end({ exitCode: 1, signal: null, stderrTail: '' }), []);
  });
});
