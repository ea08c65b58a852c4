import { commandIds } from '../../commandIds.ts';
import type { InboxItem } from '../model/entity.ts';
import { facts, red, yellow, type Icon, type Look } from './look.ts';
import { ago, who } from './words.ts';

const icons: Readonly<Record<InboxItem['kind'], Icon>> = {
  question: { name: 'question', color: yellow },
  review: { name: 'eye', color: yellow },
  proposal: { name: 'lightbulb', color: yellow },
  todo: { name: 'shield', color: yellow },
  gate: { name: 'person', color: yellow },
  merge: { name: 'git-merge', color: yellow },
  account: { name: 'watch', color: yellow },
  loop: { name: 'bell-dot', color: yellow },
  agent: { name: 'warning', color: red },
  message: { name: 'mail' },
};

/** What is asked of the person, where there is room for a word on it. */
export const wants: Readonly<Record<InboxItem['kind'], string>> = {
  question: 'asks you',
  review: 'waits for your review',
  proposal: 'suggests this to you',
  todo: 'waits for your approval',
  gate: 'is for you to do',
  merge: 'waits for you',
  account: 'cannot be used',
  loop: 'waits for you',
  agent: 'needs a look',
  message: 'wrote to you',
};

/** Kinds that wait for the person; an unread message does not. */
export const waitingKinds = [
  'question',
  'review',
  'proposal',
  'todo',
  'gate',
  'merge',
  'loop',
  'agent',
  'account',
] as const;

/** @param about what else tells items of this kind apart: a version, a loop's goal */
export function inboxLook(item: InboxItem, about: string | null, now: number): Look {
  const from = item.from === null ? null : who(item.from);
  const isAgent = item.kind === 'agent';
  return {
    label: isAgent ? (from ?? '') : item.title,
    description: isAgent ? item.title : facts(about, item.kind === 'review' ? null : from),
    icon: icons[item.kind],
    context: `inbox.${item.kind}`,
    spoken: `${item.title}, ${facts(from, wants[item.kind])}, ${ago(item.since, now)}`,
    click: { command: commandIds.openInboxItem, title: 'Open', arguments: [item.kind, item.id] },
  };
}
