import { isLive } from '../agent/agent.ts';
import type { AgentFacts, AttemptFacts } from './facts.ts';
import type { AttemptOutcome, Verdict } from './loop.ts';
import { verdictLine } from './verdictLine.ts';

/** How a try ended, read from what its agent reported and how its process ended. */
export interface AttemptEnd {
  readonly outcome: AttemptOutcome;
  readonly reason: string | null;
  /** Only where the last words carried it; a reported verdict stands on the stage already. */
  readonly verdict: Verdict | null;
}

/** Outcomes that use up one of a stage's tries. */
export const failedOutcomes: readonly AttemptOutcome[] = ['failed', 'unreported', 'crashed', 'timed_out'];

export const hasLiveAgent = (attempt: AttemptFacts): boolean =>
  attempt.agent !== null && isLive(attempt.agent.status);

const because = (outcome: AttemptOutcome, reason: string): AttemptEnd => ({ outcome, reason, verdict: null });

/**
 * Judges a try whose agent is no longer live and who did not use `stage.finish`.
 * @param decides whether the round's verdict is this stage's to give.
 */
export function attemptEnd(agent: AgentFacts | null, decides: boolean): AttemptEnd {
  if (agent === null) return because('crashed', 'Its agent was deleted.');
  if (agent.reported === 'failed')
    return because('failed', agent.result ?? `${agent.name} reported that it failed.`);
  const lastWords = decides && agent.result !== null ? verdictLine(agent.result) : null;
  if (agent.reported === 'done') {
    if (!decides || lastWords !== null) return { outcome: 'finished', reason: null, verdict: lastWords };
    return because('unreported', `${agent.name} reported done, but gave no verdict.`);
  }
  if (agent.status === 'stopped') return stoppedEnd(agent);
  if (agent.startRefused) return because('unstartable', startText(agent));
  if (agent.status === 'crashed') return because('crashed', crashText(agent));
  if (lastWords !== null) return { outcome: 'finished', reason: null, verdict: lastWords };
  return because('unreported', `${agent.name} ended (${exitText(agent)}) without a report.`);
}

/** The engine stops an agent at its role's time limit; anybody else who stops one does so on purpose. */
const stoppedEnd = (agent: AgentFacts): AttemptEnd =>
  agent.stopRequestedBy === 'engine'
    ? because('timed_out', `${agent.name} was stopped at the time limit of its role.`)
    : because('stopped', `${agent.name} was stopped by ${agent.stopRequestedBy ?? 'someone'}.`);

function crashText(agent: AgentFacts): string {
  const head = `${agent.name} crashed (${exitText(agent)})`;
  return agent.attention === null ? `${head}.` : `${head}: ${agent.attention.replace(/\.?$/, '.')}`;
}

const startText = ({ name, attention }: AgentFacts): string =>
  `${name} could not be started: ${attention ?? 'its program is missing.'}`;

const exitText = ({ exitCode, exitSignal }: AgentFacts): string =>
  exitSignal !== null ? exitSignal : exitCode !== null ? `exit code ${exitCode}` : 'no exit code';
