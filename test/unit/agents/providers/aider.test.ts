import assert from 'node:assert/strict';
import { expectOk } from '../../../../src/base/result.ts';
import { aider } from '../../../../src/agents/providers/aider.ts';
import type { LaunchRequest } from '../../../../src/agents/providers/provider.ts';
import { aLaunch } from '../../../support/aLaunch.ts';

const launch = (overrides: Partial<LaunchRequest> = {}) => expectOk(aider.launch(aLaunch(overrides)));

describe('the launch of aider', () => {
  it('gives the prompt by a private file, and the token by the environment', () => {
    const plan = launch({ model: 'sonnet', effort: 'high' });
    assert.deepEqual(plan.argv.slice(-6), [
      ...['--model', 'sonnet', '--reasoning-effort', 'high'],
      ...['--message-file', '/private/brave-otter/aider-prompt.md'],
    ]);
    assert.ok(plan.argv.includes('--yes-always') && plan.argv.includes('--no-gitignore'));
    assert.deepEqual(plan.files, [
      { path: 'aider-prompt.md', content: 'You are the coder.\n\nFix the greeting.', mode: 0o600 },
    ]);
    assert.deepEqual(plan.environment, { SLOOP_TOKEN: 'secret-token' });
  });

  it('lets a reader only ask', () => {
    for (const access of ['read-only', 'read-only-shell', 'minimal'] as const) {
      const { argv } = launch({ access });
      assert.equal(argv[argv.indexOf('--chat-mode') + 1], 'ask');
    }
    assert.ok(!launch().argv.includes('--chat-mode'));
  });

  it('begins a chat by a file of commands, each on one line', () => {
    const plan = launch({ form: 'interactive', prompt: 'Two\nlines' });
    assert.deepEqual(plan.argv.slice(-2), ['--load', '/private/brave-otter/aider-commands.txt']);
    assert.equal(
      plan.files[1]?.content,
      '/read-only /private/brave-otter/aider-prompt.md\n/code Do what aider-prompt.md asks for.\n',
    );
    assert.ok(!plan.argv.includes('--yes-always'));
  });

  it('cannot resume, and says what else it cannot do', () => {
    const refused = aider.launch(aLaunch({ session: { kind: 'resume', id: 'x' } }));
    assert.ok(!refused.ok && refused.refusal.code === 'conflict');
    assert.match(launch().cannot.join(' '), /no MCP.*cannot report/);
  });
});

describe('the output of aider', () => {
  const seen = (...lines: readonly string[]) => {
    const parser = aider.parser();
    return lines.flatMap((line) => [...parser.push(line)]);
  };

  it('tells what was said, edited and spent', () => {
    assert.deepEqual(
      seen(
        'I change the greeting.',
        '',
        'Applied edit to greeting.txt',
        'Tokens: 7.7k sent, 1.2k cache hit, 8 received. Cost: $0.0097 message, $0.03 session.',
      ),
      [
        { kind: 'said', text: 'I change the greeting.' },
        { kind: 'used', tool: 'edit', summary: 'greeting.txt' },
        {
          kind: 'usage',
          usage: { inputTokens: 7700, outputTokens: 8, cachedTokens: 1200, costUsd: 0.0097 },
        },
      ],
    );
  });

  it('tells that it tries again, and that its login is refused', () => {
    assert.deepEqual(
      seen('litellm.RateLimitError: quota exceeded, retry after 60s', 'Retrying in 0.2 seconds...').map(
        (one) => one.kind === 'retrying' && [one.failure, one.until !== undefined],
      ),
      [['quota', true]],
    );
    assert.deepEqual(
      seen('litellm.AuthenticationError: no such key').map((one) => one.kind === 'failed' && one.failure),
      ['auth'],
    );
  });

  it('is over with its process', () => {
    assert.deepEqual(aider.parser().end({ exitCode: 0, signal: null, stderrTail: '' }), [{ kind: 'ended' }]);
    const [failed] = aider.parser().end({ exitCode: 1, signal: null, stderrTail: 'trace\nno such model\n' });
    assert.ok(failed?.kind === 'failed' && failed.reason === 'no such model');
  });
});
