import type { ShownAgent } from '../../../src/protocol/agent.ts';
import { isLive } from './facts.ts';

/** What the message box does with a text now. */
export interface MessageBox {
  readonly does: 'send' | 'resume';
  readonly button: string;
  /** How the text will arrive. */
  readonly hint: string;
  /** Why nothing can be sent; null when it can. */
  readonly why: string | null;
}

export function messageBox(agent: ShownAgent, asks: boolean): MessageBox {
  if (!isLive(agent))
    return agent.notResumable === null
      ? {
          does: 'resume',
          button: 'Resume with it',
          hint: 'It has ended: your text continues its very session.',
          why: null,
        }
      : { does: 'resume', button: 'Resume with it', hint: agent.notResumable, why: agent.notResumable };
  const send = (hint: string): MessageBox => ({ does: 'send', button: 'Send', hint, why: null });
  if (agent.status === 'starting') return send('It reads this with its first tool call.');
  if (asks) return send('This is a note besides its question; it arrives with your answer.');
  return agent.form === 'interactive' && agent.status === 'waiting_for_input'
    ? send('It waits in its terminal: it reads this at its next turn.')
    : send('It reads this at its next tool call.');
}

/** What to say once the message is on its way, as the operation itself told it. */
export const sentText = (name: string, delivery: string | undefined): string =>
  delivery === undefined ? `Sent to ${name}.` : `Sent: ${name} reads it ${arrival[delivery] ?? delivery}.`;

const arrival: Readonly<Record<string, string>> = {
  'next tool call': 'at its next tool call',
  'next turn': 'at its next turn, when somebody types in its terminal',
  'when it is resumed': 'when it is resumed',
  'it is resumed with it': 'now: it is resumed with it',
  inbox: 'in its inbox',
};
