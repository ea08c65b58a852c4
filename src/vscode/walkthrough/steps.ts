import type { Event } from '../../domain/event/event.ts';

/** Context keys that say what has been done, wherever it was done from: each completes a step of the walkthrough. */
export const stepKeys = {
  project: 'sloop.did.makeProject',
  todo: 'sloop.did.makeTodo',
  loop: 'sloop.did.startLoop',
  review: 'sloop.did.review',
  answer: 'sloop.did.answer',
} as const;

export type WalkthroughStep = keyof typeof stepKeys;

/** The step that a committed change completes, if it does. */
export function stepDoneBy({
  operation,
  noun,
  action,
  callerKind,
}: Pick<Event, 'operation' | 'noun' | 'action' | 'callerKind'>): WalkthroughStep | undefined {
  // A review and an answer are the person's; agents finish their own artifacts and answer each other.
  if (callerKind === 'person' && noun === 'artifact' && operation === 'artifact.stage') return 'review';
  if (callerKind === 'person' && operation === 'message.answer') return 'answer';
  if (action !== 'created') return undefined;
  return noun === 'project' || noun === 'todo' || noun === 'loop' ? noun : undefined;
}
