import assert from 'node:assert/strict';
import { readOpencodeHook } from '../../../../../src/agents/providers/hooks/opencodeHooks.ts';

const call = (type: string, properties: object) => readOpencodeHook({ type, properties });

describe('what opencode’s plugin hands on', () => {
  it('tells the turn and the session', () => {
    const made = call('session.created', { info: { id: 'ses_1' } });
    assert.deepEqual([made?.sign, made?.providerSessionId], ['session', 'ses_1']);
    const status = (type: string) => call('session.status', { sessionID: 'ses_1', status: { type } })?.sign;
    assert.deepEqual(
      [status('busy'), status('idle'), status('retry')],
      ['turnBegan', 'turnEnded', undefined],
    );
    assert.equal(call('tool.execute.after', { sessionID: 'ses_1', tool: 'bash' })?.sign, 'wentOn');
  });

  it('tells what the person is asked, whoever asks, and takes no subagent for the session', () => {
    const asked = call('permission.asked', {
      sessionID: 'ses_2',
      permission: 'bash',
      patterns: ['npm test'],
      metadata: {},
    });
    assert.deepEqual(
      [asked?.sign, asked?.text, asked?.providerSessionId],
      ['waits', 'may it use bash (npm test)?', null],
    );
    const question = call('question.asked', { sessionID: 'ses_1', questions: [{ question: 'Which port?' }] });
    assert.deepEqual([question?.sign, question?.text], ['waits', 'Which port?']);
  });

  it('takes messages after a tool call', () => {
    assert.equal(call('tool.execute.after', { sessionID: 'ses_1' })?.output?.('Hello'), 'Hello');
    assert.equal(call('permission.asked', { permission: 'bash' })?.output, null);
    assert.equal(readOpencodeHook({}), undefined);
  });
});
