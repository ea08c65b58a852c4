import assert from 'node:assert/strict';
import { expectOk } from '../../../../src/base/result.ts';
import { providerCatalog } from '../../../../src/agents/providers/catalog.ts';
import { commandDefinition, commandProvider } from '../../../../src/agents/providers/command.ts';
import { aLaunch } from '../../../support/aLaunch.ts';

const aCommand = (fields: object = {}) =>
  commandDefinition.parse({
    id: 'mine',
    title: 'Mine',
    argv: ['mine', '--message', '{prompt}'],
    ...fields,
  });

describe('a command line as a provider', () => {
  it('fills in placeholders once, inside arguments, and never splits or quotes', () => {
    const argv = [
      'mine',
      '--message={prompt}',
      '{systemPrompt}',
      '{workingFolder}/x',
      '{session}',
      '{other}',
    ];
    const request = aLaunch({ prompt: 'Say "{session}"; rm -rf $HOME', systemPrompt: 'You are {prompt}.' });
    const plan = expectOk(commandProvider(aCommand({ argv })).launch(request));
    assert.deepEqual(plan.argv, [
      'mine',
      '--message=Say "{session}"; rm -rf $HOME',
      'You are {prompt}.',
      '/repository/x',
      request.session.id,
      '{other}',
    ]);
    assert.deepEqual(plan.stdin, { kind: 'text', text: '' });
  });

  it('gives the prompt by a private file where the template asks for one', () => {
    const plan = expectOk(commandProvider(aCommand({ argv: ['agent', '{promptFile}'] })).launch(aLaunch()));
    assert.deepEqual(plan.argv, ['agent', '/private/brave-otter/prompt.md']);
    assert.deepEqual(plan.files, [
      { path: 'prompt.md', content: 'You are the coder.\n\nFix the greeting.', mode: 0o600 },
    ]);
  });

  it('gives the prompt by standard input where the template has no place for it', () => {
    const provider = commandProvider(aCommand({ argv: ['agent'] }));
    const plan = expectOk(provider.launch(aLaunch()));
    assert.deepEqual(plan.stdin, { kind: 'text', text: 'You are the coder.\n\nFix the greeting.' });
    const refused = provider.launch(aLaunch({ form: 'interactive' }));
    assert.ok(!refused.ok && refused.refusal.code === 'invalid');
  });

  it('resumes only where its definition says how', () => {
    const request = aLaunch({ session: { kind: 'resume', id: 'abc' } });
    const refused = commandProvider(aCommand()).launch(request);
    assert.ok(!refused.ok && refused.refusal.code === 'conflict');
    const resumeArgv = ['mine', '--restore', '{session}'];
    const plan = expectOk(commandProvider(aCommand({ resumeArgv })).launch(request));
    assert.deepEqual(plan.argv, ['mine', '--restore', 'abc']);
  });

  it('leaves a group out where a value that it names is not set', () => {
    const argv = [
      'mine',
      ['--model', '{model}'],
      ['--effort={effort}'],
      ['--at', '{workingFolder}'],
      '{prompt}',
    ];
    const launch = (request: object) =>
      expectOk(commandProvider(aCommand({ argv })).launch(aLaunch(request)));
    const bare = { systemPrompt: '' };
    assert.deepEqual(launch(bare).argv, ['mine', '--at', '/repository', 'Fix the greeting.']);
    const chosen = launch({ ...bare, model: 'large', effort: 'high' });
    const words = ['mine', '--model', 'large', '--effort=high', '--at', '/repository', 'Fix the greeting.'];
    assert.deepEqual(chosen.argv, words);
    assert.deepEqual(chosen.cannot, []);
  });

  it('names Sloop’s MCP server in a private file where the template asks for it', () => {
    const argv = ['mine', '--mcp', '{mcpConfig}'];
    const plan = expectOk(commandProvider(aCommand({ argv })).launch(aLaunch()));
    assert.deepEqual(plan.argv, ['mine', '--mcp', '/private/brave-otter/mcp.json']);
    const [file] = plan.files;
    assert.deepEqual([file?.path, file?.mode], ['mcp.json', 0o600]);
    assert.match(file?.content ?? '', /"sloop".*"SLOOP_TOKEN": "secret-token"/s);
  });

  it('finds the session that the program chose, once', () => {
    const parser = commandProvider(aCommand({ sessionPattern: '^session: (\\S+)' })).parser();
    const said = { kind: 'said', text: 'session: abc' };
    assert.deepEqual(parser.push('session: abc'), [{ kind: 'session', providerSessionId: 'abc' }, said]);
    assert.deepEqual(parser.push('session: abc'), [said]);
    for (const sessionPattern of ['(', 'no group', '(a)(b)'])
      assert.throws(() => aCommand({ sessionPattern }), /one group/);
  });

  it('says that it is not kept from writing', () => {
    const plan = expectOk(commandProvider(aCommand()).launch(aLaunch({ access: 'read-only' })));
    assert.match(plan.cannot[0] ?? '', /not kept from changing files/);
  });

  it('takes each line as said, and a bad exit as a failure', () => {
    const parser = commandProvider(aCommand()).parser();
    assert.deepEqual(parser.push('Working'), [{ kind: 'said', text: 'Working' }]);
    assert.deepEqual(parser.push(' '), []);
    assert.deepEqual(parser.end({ exitCode: 3, signal: null, stderrTail: 'no key\n' }), [
      { kind: 'failed', failure: 'other', reason: 'Mine ended with exit code 3: no key' },
    ]);
  });

  it('is found by looking, without being started', async () => {
    const found = await commandProvider(aCommand({ argv: ['sh'] })).detect({ PATH: '/usr/bin:/bin' });
    assert.ok(found.found && found.executable.endsWith('/sh') && found.version === undefined);
  });
});

describe('the catalog of providers', () => {
  it('lists the shipped ones, the given ones and a person’s own', () => {
    const script = { ...commandProvider(aCommand()), id: 'script' };
    const catalog = expectOk(providerCatalog([aCommand()], [script]));
    assert.deepEqual(
      catalog.list().map(({ id }) => id),
      ['claude', 'codex', 'gemini', 'copilot', 'opencode', 'aider', 'script', 'mine'],
    );
    assert.equal(expectOk(catalog.find('script')), script);
  });

  it('names the choices for an unknown one', () => {
    const refused = expectOk(providerCatalog([])).find('amp');
    assert.ok(
      !refused.ok &&
        refused.refusal.next === 'Choose one of claude, codex, gemini, copilot, opencode, aider.',
    );
  });

  it('refuses two of one id', () => {
    const refused = providerCatalog([aCommand({ id: 'claude' })]);
    assert.ok(!refused.ok && refused.refusal.message.includes('claude'));
  });
});
