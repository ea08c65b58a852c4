import type { ShownLoop } from '../../../src/protocol/loop.ts';
import type { FindingsHistory } from './findings.ts';
import { spentText } from './limits.ts';
import { gateOf, type Snapshot } from './snapshot.ts';
import { capital, counted, timeOfDay } from '../../shared/words.ts';

/** What a person can do right in the banner, the most natural first. */
export type BannerAction =
  | {
      readonly do: 'review';
      readonly artifact: string;
      readonly version: number | null;
      readonly label: string;
    }
  | { readonly do: 'oneMoreRound' | 'approve' | 'resume' };

/** Says that a person is needed, or how a loop came to stand still. */
export interface Banner {
  readonly tone: 'yellow' | 'red';
  readonly icon: string;
  readonly head: string;
  readonly text: string;
  readonly actions: readonly BannerAction[];
}

/** What stands above the stages; null while nobody is needed. */
export function bannerOf(snapshot: Snapshot, history: FindingsHistory, now: number): Banner | null {
  const { loop } = snapshot;
  switch (loop.status) {
    case 'blocked':
      return gateBanner(snapshot) ?? blockedBanner(loop, history);
    case 'completed':
      return loop.outcome === 'limit_reached' ? limitBanner(snapshot, history, now) : null;
    case 'failed':
      return { tone: 'red', icon: 'error', head: 'The loop failed', text: loop.failure ?? '', actions: [] };
    case 'running':
    case 'paused':
    case 'cancelled':
      return null;
  }
}

function gateBanner(snapshot: Snapshot): Banner | null {
  const { loop } = snapshot;
  const gate = gateOf(snapshot);
  if (gate === null) return null;
  const { stage, artifact, artifactId } = gate;
  const next = loop.roles[stage.position + 1];
  const counts =
    loop.deadline === null
      ? 'Nothing runs and no time is counted until you decide.'
      : `Nothing runs until you decide; the deadline, ${timeOfDay(loop.deadline)}, holds.`;
  const after =
    next === undefined ? 'Approving ends the round.' : `Approving starts the next stage, ${next}.`;
  return {
    tone: 'yellow',
    icon: 'bell-dot',
    head: `${capital(stage.name)}${artifact === null ? '' : ` v${artifact.version}`} waits for your review`,
    text: `${counts} ${after}`,
    actions: [
      {
        do: 'review',
        artifact: artifactId,
        version: artifact?.version ?? null,
        label: `Review ${stage.name === 'review' ? 'it' : stage.name}`,
      },
    ],
  };
}

function blockedBanner(loop: ShownLoop, history: FindingsHistory): Banner {
  const roundRuns = loop.rounds.at(-1)?.status === 'running';
  if (roundRuns)
    return {
      tone: 'yellow',
      icon: 'bell-dot',
      head: 'The loop waits for you',
      text: loop.blockReason ?? '',
      actions: [{ do: 'resume' }, { do: 'approve' }],
    };
  const findings = history.open === 1 ? 'The same finding' : `The same ${counted(history.open, 'finding')}`;
  return {
    tone: 'yellow',
    icon: 'bell-dot',
    head: history.open === 0 ? 'The loop waits for you' : `${findings} came back three times`,
    text:
      history.open === 0
        ? (loop.blockReason ?? '')
        : 'Another round alone may not settle it. Give it one more, take the work as it is, or stop the loop.',
    actions: [{ do: 'oneMoreRound' }, { do: 'approve' }],
  };
}

function limitBanner({ loop, readAt }: Snapshot, history: FindingsHistory, now: number): Banner {
  const open =
    history.open === 0
      ? 'No finding is open, but nothing was approved.'
      : `${counted(history.open, 'finding')} ${history.open === 1 ? 'is' : 'are'} open.`;
  const spent = spentText(loop, readAt, now);
  const why = loop.rounds.at(-1)?.outcome ?? null;
  return {
    tone: 'yellow',
    icon: 'watch',
    head: `Stopped at round ${loop.round} of ${loop.maxIterations}. ${open}`,
    text: spent ?? (why === null ? '' : `${capital(why)}.`),
    actions: spent === null ? [{ do: 'oneMoreRound' }, { do: 'approve' }] : [{ do: 'approve' }],
  };
}
