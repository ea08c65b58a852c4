import type { ShownAgent } from '../../../src/protocol/agent.ts';
import { mark, type Mark, type Tone } from '../../shared/mark.ts';
import { firstLine } from '../../shared/words.ts';
import { isLive, type AgentFacts } from './facts.ts';
import type { ActionName } from './actions.ts';

type Standing = Pick<
  ShownAgent,
  'status' | 'reported' | 'attention' | 'exitCode' | 'exitSignal' | 'dismissedAt'
>;

/** The agent's status in one word, as its chip says it. What it waits for comes before what it does. */
export function agentMark(agent: Standing, asks: boolean, preparing = false): Mark {
  if (asks) return mark('question', 'yellow', 'asks you');
  switch (agent.status) {
    case 'starting':
      return mark('loading', 'blue', preparing ? 'preparing its worktree' : 'starting');
    case 'running':
      return agent.attention === null
        ? mark('loading', 'blue', 'running')
        : mark('warning', 'yellow', 'needs a look');
    case 'waiting_for_input':
      return mark('question', 'yellow', 'waits for you');
    case 'crashed':
      return mark('error', 'red', crashed(agent));
    case 'stopped':
      return mark('debug-stop', 'muted', 'stopped');
    case 'idle':
      return ended(agent);
  }
}

function ended({ reported, attention }: Standing): Mark {
  if (reported === 'done') return mark('pass-filled', 'green', 'done');
  if (reported === 'failed') return mark('error', 'red', 'failed');
  return attention === null
    ? mark('circle-large', 'muted', 'idle')
    : mark('warning', 'yellow', 'ended without a report');
}

const crashed = ({ exitCode, exitSignal }: Standing): string =>
  exitSignal !== null
    ? `crashed (${exitSignal})`
    : exitCode === null || exitCode === 0
      ? 'crashed'
      : `crashed (exit ${exitCode})`;

/** Says that a person is needed, or why there is nothing more to come. */
export interface Banner {
  readonly icon: string;
  readonly tone: Tone;
  readonly head: string;
  readonly text: string;
  readonly actions: readonly ActionName[];
}

/** What stands below the head; null where all is well and the chip says it. A question has a box of its own. */
export function bannerOf({ agent, question }: AgentFacts): Banner | null {
  if (question !== null) return null;
  const why = agent.attention ?? '';
  if (agent.status === 'waiting_for_input')
    return banner('question', 'yellow', 'It waits for you in its terminal.', why, ['terminal']);
  if (agent.dismissedAt !== null)
    return banner('circle-slash', 'muted', 'Dismissed.', 'It is off the lists; what it said is kept.', []);
  if (agent.status === 'running' || agent.status === 'starting')
    return why === '' ? null : banner('warning', 'yellow', 'Needs a look.', why, ['terminal', 'stop']);
  if (agent.status === 'crashed')
    return banner('error', 'red', 'It crashed.', `${sentence(why)}${advice(agent)}`, ['resume', 'dismiss']);
  if (agent.reported === 'failed')
    return banner('error', 'red', 'It reported that it failed.', firstLine(agent.result), [
      'resume',
      'dismiss',
    ]);
  return why === '' ? null : banner('warning', 'yellow', 'Needs a look.', why, ['resume', 'dismiss']);
}

const banner = (
  icon: string,
  tone: Tone,
  head: string,
  text: string,
  actions: readonly ActionName[],
): Banner => ({ icon, tone, head, text, actions });

const sentence = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);

/** What can be done about an agent that ended badly. */
function advice({ loopId, startRefused, notResumable, todoId }: AgentFacts['agent']): string {
  if (loopId !== null) return ' Its loop tries again by itself.';
  if (startRefused) return ' Its program could not be started: mend that, then start another.';
  if (notResumable === null) return ' Resume continues its session where it ended.';
  return todoId === null ? ' Start another agent.' : ' Start another agent on its todo.';
}

/** What a screen reader is told when the agent stands otherwise than before; '' where nothing is new. */
export function announcement(before: AgentFacts, now: AgentFacts): string {
  const was = agentMark(before.agent, before.question !== null).word;
  const is = agentMark(now.agent, now.question !== null).word;
  if (was === is) return '';
  return now.question === null ? `${now.agent.name}: ${is}` : `${now.agent.name} asks: ${now.question.body}`;
}

export const hasEnded = (agent: Pick<ShownAgent, 'status'>): boolean => !isLive(agent);
