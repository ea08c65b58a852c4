import { commandIds } from '../commandIds.ts';
import { newsKey } from './newItems.ts';
import { shortened } from '../trees/looks/words.ts';
import type { AgentRow, InboxItem, MergeRow } from '../trees/model/entity.ts';

/** What a person can be told of, each with a setting of its own. */
export const noticeKinds = [
  'questions',
  'waiting',
  'failures',
  'conflicts',
  'accounts',
  'approvals',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export interface NoticeButton {
  readonly title: string;
  readonly command: string;
  readonly args: readonly unknown[];
}

/** One notification: why the person is needed, and what they can do from it. */
export interface Notice {
  /** The same for the same need, in every window: it is told once. */
  readonly key: string;
  readonly kind: NoticeKind;
  readonly text: string;
  readonly buttons: readonly NoticeButton[];
}

/** What is known of an item's row, for those of which the item alone does not tell what they wait for. */
export interface NoticeFacts {
  readonly agent?: Pick<AgentRow, 'status' | 'id' | 'asks'> | undefined;
  readonly merge?: Pick<MergeRow, 'status' | 'conflictTodoId'> | undefined;
}

const longest = 160;

/**
 * What an item of the inbox has to tell; null for what can wait until the person looks by themselves: an agent that
 * is only silent, and one that has a question, which is told of as that.
 */
export function noticeOf(item: InboxItem, { agent, merge }: NoticeFacts): Notice | null {
  const { kind, id, from } = item;
  const title = shortened(item.title, longest);
  const open = (label: string): NoticeButton => ({
    title: label,
    command: commandIds.openInboxItem,
    args: [kind, id],
  });
  const notice = (of: NoticeKind, text: string, ...buttons: readonly NoticeButton[]): Notice => ({
    key: newsKey(item),
    kind: of,
    text,
    buttons,
  });
  switch (kind) {
    case 'question':
      return notice('questions', `${from ?? 'Sloop'} asks: ${title}`, answer(id), later);
    case 'agent':
      if (agent === undefined || agent.asks !== null) return null;
      if (agent.status === 'waiting_for_input')
        return notice(
          'waiting',
          `${from ?? 'An agent'} waits for you: ${title}`,
          { title: 'Show Its Terminal', command: commandIds.showTerminal, args: [id] },
          open('Open the Agent'),
        );
      return agent.status === 'running' || agent.status === 'starting'
        ? null
        : notice('failures', `${from ?? 'An agent'}: ${title}`, open('Open the Agent'));
    case 'merge':
      return merge?.status === 'waiting_approval'
        ? notice(
            'approvals',
            `${title} waits for your approval.`,
            { title: 'Approve', command: 'sloop.merge.approve', args: [{ merges: [id] }] },
            open('Show'),
          )
        : notice('conflicts', `${title}.`, open('Show'));
    case 'account':
      return notice('accounts', `${title}. What needs it waits.`, open('Show the Accounts'));
    case 'todo':
      return notice('approvals', `“${title}” waits for your approval.`, open('Decide'));
    case 'gate':
      return notice('approvals', `“${title}” is for you to do or decide.`, open('Decide'));
    case 'proposal':
      return notice('approvals', `${from ?? 'An agent'} suggests: ${title}`, open('Decide'));
    case 'review':
      return notice('approvals', `“${title}” waits for your review.`, open('Review'));
    case 'loop':
      return notice('approvals', `A loop waits for you: ${title}`, open('Open the Loop'));
    case 'message':
      return null;
  }
}

const answer = (id: string): NoticeButton => ({
  title: 'Answer',
  command: commandIds.answerQuestion,
  args: [id],
});
const later: NoticeButton = { title: 'Later', command: '', args: [] };
