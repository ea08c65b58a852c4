import assert from 'node:assert/strict';
import type { ShownAgent, ShownMessage } from '../../../../src/protocol/agent.ts';
import { actionsOf } from '../../../../webview-ui/agent/model/actions.ts';
import { deleteLogQuestion } from '../../../../webview-ui/agent/model/confirmation.ts';
import { openQuestion, type AgentFacts } from '../../../../webview-ui/agent/model/facts.ts';
import { messageBox, sentText } from '../../../../webview-ui/agent/model/messageBox.ts';
import { mergeMark, worktreeMark } from '../../../../webview-ui/agent/model/place.ts';
import { agentMark, announcement, bannerOf } from '../../../../webview-ui/agent/model/standing.ts';
import { aShownAgent } from '../../../support/loopFixtures.ts';

const agent = (fields: Partial<ShownAgent> = {}): ShownAgent =>
  aShownAgent('calm-heron', { loopId: null, ...fields });
const facts = (fields: Partial<ShownAgent> = {}, question: string | null = null): AgentFacts => ({
  agent: agent(fields),
  readAt: 0,
  question: question === null ? null : ({ id: 'q', body: question } as ShownMessage),
  todo: null,
  sprint: null,
  project: null,
  messages: [],
  worktrees: [],
  merges: [],
  todoUsage: null,
  account: null,
});

describe('how an agent stands', () => {
  it('is one word: what it waits for before what it does', () => {
    const word = (fields: Partial<ShownAgent>, asks = false) => agentMark(agent(fields), asks).word;
    assert.deepEqual(
      [
        word({ status: 'starting' }),
        agentMark(agent({ status: 'starting' }), false, true).word,
        word({}),
        word({ attention: 'silent' }),
        word({}, true),
        word({ status: 'waiting_for_input' }),
        word({ status: 'idle', reported: 'done', attention: 'x' }),
        word({ status: 'idle', reported: 'failed' }),
        word({ status: 'idle', attention: 'It ended without a report.' }),
        word({ status: 'idle' }),
        word({ status: 'stopped' }),
        word({ status: 'crashed', exitCode: 7 }),
        word({ status: 'crashed', exitSignal: 'SIGKILL' }),
      ],
      [
        'starting',
        'preparing its worktree',
        'running',
        'needs a look',
        'asks you',
        'waits for you',
        'done',
        'failed',
        'ended without a report',
        'idle',
        'stopped',
        'crashed (exit 7)',
        'crashed (SIGKILL)',
      ],
    );
  });

  it('has a banner where a person is needed, with what they can do', () => {
    const banner = (fields: Partial<ShownAgent>, question: string | null = null) => {
      const found = bannerOf(facts(fields, question));
      return found === null ? null : `${found.head} ${found.text} [${found.actions.join(', ')}]`;
    };
    assert.equal(banner({}), null);
    assert.equal(banner({ attention: 'x' }, 'Which?'), null, 'the question has a box of its own');
    assert.equal(
      banner({ status: 'waiting_for_input', attention: 'May I publish?' }),
      'It waits for you in its terminal. May I publish? [terminal]',
    );
    assert.equal(
      banner({ attention: 'Silent for 12 min' }),
      'Needs a look. Silent for 12 min [terminal, stop]',
    );
    assert.equal(
      banner({ status: 'crashed', attention: 'exit 7' }),
      'It crashed. exit 7. Resume continues its session where it ended. [resume, dismiss]',
    );
    assert.match(banner({ status: 'crashed', startRefused: true }) ?? '', /mend that, then start another/);
    assert.match(
      banner({ status: 'crashed', notResumable: 'no session', todoId: 't' as never }) ?? '',
      /Start another agent on its todo/,
    );
    assert.match(banner({ status: 'crashed', loopId: 'l' as never }) ?? '', /Its loop tries again/);
    assert.equal(banner({ status: 'idle', reported: 'done' }), null);
  });

  it('is said aloud when it changes, and not else', () => {
    assert.equal(announcement(facts(), facts()), '');
    assert.equal(announcement(facts(), facts({}, 'Which?')), 'calm-heron asks: Which?');
    assert.equal(announcement(facts(), facts({ status: 'idle', reported: 'done' })), 'calm-heron: done');
  });

  it('asks the person with its oldest open question to them', () => {
    const row = (id: string, more: object) => ({
      id,
      status: 'pending',
      senderAgentId: 'a',
      recipientKind: 'person',
      ...more,
    });
    const rows = [
      row('1', { status: 'answered' }),
      row('2', { recipientKind: 'agent' }),
      row('3', { senderAgentId: 'b' }),
      row('4', {}),
      row('5', {}),
    ] as never;
    assert.equal(openQuestion('a', rows)?.id, '4');
    assert.equal(openQuestion('c', rows), null);
  });
});

describe('what can be done with an agent', () => {
  const names = (of: ReturnType<typeof actionsOf>) =>
    [of.bar, of.menu].map((list) => list.map(({ name }) => name).join(' '));
  it('follows from how it stands', () => {
    assert.deepEqual(names(actionsOf(agent(), false, [])), ['terminal stop', 'prompt log deleteLog']);
    const ended = agent({ status: 'idle', branch: 'b' });
    assert.deepEqual(names(actionsOf(ended, true, ['resume'])), [
      'terminal dismiss',
      'worktree worktreeTerminal merges prompt log deleteLog',
    ]);
    const refused = actionsOf(agent({ status: 'idle', notResumable: 'no session' }), false, []);
    assert.equal(refused.bar.find(({ name }) => name === 'resume')?.why, 'no session');
  });

  it('a message says how it arrives, and an ended agent is resumed with it', () => {
    const box = (fields: Partial<ShownAgent>) => {
      const { does, hint, why } = messageBox(agent(fields), false);
      return `${does}: ${hint}${why === null ? '' : ' (off)'}`;
    };
    assert.equal(box({}), 'send: It reads this at its next tool call.');
    assert.equal(
      box({ form: 'interactive', status: 'waiting_for_input' }),
      'send: It waits in its terminal: it reads this at its next turn.',
    );
    assert.equal(box({ status: 'idle' }), 'resume: It has ended: your text continues its very session.');
    assert.equal(box({ status: 'idle', notResumable: 'no session' }), 'resume: no session (off)');
    assert.equal(
      sentText('calm-heron', 'next tool call'),
      'Sent: calm-heron reads it at its next tool call.',
    );
  });

  it('its log goes only after it was counted', () => {
    const { message, detail } = deleteLogQuestion({ agent: 'calm-heron', pieces: 1, sessions: 2 });
    assert.equal(message, 'Delete what calm-heron said and did?');
    assert.match(detail, /^1 piece of output from 2 sessions\. This cannot be undone/);
  });
});

describe('where its work is', () => {
  it('says what a worktree holds and where a merge stands', () => {
    const worktree = (more: object) =>
      worktreeMark({ status: 'kept', uncommitted: 0, unmerged: 0, ...more } as never).word;
    assert.deepEqual(
      [worktree({}), worktree({ uncommitted: 2, unmerged: 1 }), worktree({ status: 'requested' })],
      [
        'Its worktree is kept.',
        'Its worktree is kept: 2 files not committed, 1 commit not merged.',
        'Its worktree is being prepared.',
      ],
    );
    assert.equal(mergeMark({ status: 'conflict', target: 'main' }).word, 'In conflict with main.');
  });
});
