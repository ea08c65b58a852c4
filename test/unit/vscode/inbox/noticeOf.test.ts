import assert from 'node:assert/strict';
import { noticeOf, type NoticeFacts } from '../../../../src/vscode/inbox/noticeOf.ts';
import type { InboxItem } from '../../../../src/vscode/trees/model/entity.ts';

const item = (kind: InboxItem['kind'], more: Partial<InboxItem> = {}): InboxItem => ({
  kind,
  id: 'x',
  title: 'Slide the window',
  from: 'brave-otter',
  since: '2026-03-10T12:00:00.000Z' as never,
  projectId: null,
  ...more,
});
const told = (of: InboxItem, facts: NoticeFacts = {}) => {
  const notice = noticeOf(of, facts);
  return notice === null
    ? null
    : `${notice.kind} | ${notice.text} | ${notice.buttons.map(({ title }) => title).join(', ')}`;
};
const agent = (status: string, asks: string | null = null): NoticeFacts => ({
  agent: { id: 'x', status, asks } as never,
});

describe('a notification', () => {
  it('says why the person is needed, with what they can do', () => {
    assert.deepEqual(
      [
        told(item('question', { title: '429 or 503?' })),
        told(item('agent', { title: 'It asks for a permission.' }), agent('waiting_for_input')),
        told(item('agent', { title: 'Third attempt failed.' }), agent('crashed')),
        told(item('merge', { title: 'Conflict with main in 2 files' }), {
          merge: { status: 'conflict', conflictTodoId: null },
        }),
        told(item('merge', { title: 'Merge into main: Window' }), {
          merge: { status: 'waiting_approval', conflictTodoId: null },
        }),
        told(item('account', { title: 'Every account of claude is exhausted', from: null })),
        told(item('todo')),
        told(item('proposal')),
      ],
      [
        'questions | brave-otter asks: 429 or 503? | Answer, Later',
        'waiting | brave-otter waits for you: It asks for a permission. | Show Its Terminal, Open the Agent',
        'failures | brave-otter: Third attempt failed. | Open the Agent',
        'conflicts | Conflict with main in 2 files. | Show',
        'approvals | Merge into main: Window waits for your approval. | Approve, Show',
        'accounts | Every account of claude is exhausted. What needs it waits. | Show the Accounts',
        'approvals | “Slide the window” waits for your approval. | Decide',
        'approvals | brave-otter suggests: Slide the window | Decide',
      ],
    );
  });

  it('is not made of what can wait, or is told of already', () => {
    assert.equal(told(item('message')), null);
    assert.equal(told(item('agent', { title: 'Silent for 12 minutes' }), agent('running')), null);
    assert.equal(told(item('agent'), agent('waiting_for_input', 'question')), null);
    assert.equal(told(item('agent')), null);
  });
});
