import type { ShownAgent } from '../../../src/protocol/agent.ts';
import { counted } from '../../shared/words.ts';

/** What the editor's dialog asks before something that cannot be taken back. */
export interface Confirmation {
  readonly message: string;
  readonly detail: string;
  readonly action: string;
}

export const stopQuestion = ({ name, todoId, loopId }: ShownAgent): Confirmation => ({
  message: `Stop ${name}?`,
  detail: [
    'Its process is ended at once. What it wrote stays, and it can be resumed where its CLI can do that.',
    ...(todoId === null ? [] : ['Its todo is free for others again.']),
    ...(loopId === null ? [] : ['Its loop counts this as an attempt, and may start another agent.']),
  ].join('\n'),
  action: 'Stop',
});

export const deleteLogQuestion = ({
  agent,
  pieces,
  sessions,
}: {
  readonly agent: string;
  readonly pieces: number;
  readonly sessions: number;
}): Confirmation => ({
  message: `Delete what ${agent} said and did?`,
  detail: `${counted(pieces, 'piece')} of output from ${counted(sessions, 'session')}. This cannot be undone; its work, its messages and its report stay.`,
  action: 'Delete',
});
