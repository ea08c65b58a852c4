import type { ShownLoop } from '../../../src/protocol/loop.ts';
import { mark, type Mark } from '../../shared/mark.ts';

export const changesMark = mark('request-changes', 'yellow', 'changes requested');
export const approvedMark = mark('pass-filled', 'green', 'approved');

/** The loop's own status, as its chip says it. */
export function loopMark(loop: Pick<ShownLoop, 'status' | 'outcome'>, atGate: boolean): Mark {
  switch (loop.status) {
    case 'running':
      return mark('loading', 'blue', 'running');
    case 'paused':
      return mark('debug-pause', 'yellow', 'paused');
    case 'blocked':
      return mark('bell-dot', 'yellow', atGate ? 'blocked: waits for you' : 'blocked');
    case 'failed':
      return mark('error', 'red', 'failed');
    case 'cancelled':
      return mark('circle-slash', 'muted', 'stopped');
    case 'completed':
      return loop.outcome === 'limit_reached'
        ? mark('watch', 'yellow', 'stopped at a limit')
        : mark('pass-filled', 'green', endWords[loop.outcome ?? 'rounds_done']);
  }
}

const endWords = {
  approved: 'approved',
  approved_by_person: 'approved by you',
  goal_reached: 'goal reached',
  rounds_done: 'rounds done',
} as const satisfies Record<Exclude<NonNullable<ShownLoop['outcome']>, 'limit_reached'>, string>;

/** Roles and stages that the shipped definitions name; any other gets the agent's icon. */
const stageIcons: readonly (readonly [pattern: RegExp, icon: string])[] = [
  [/plan|design|architect/i, 'list-ordered'],
  [/review|check|judge|verif|critic|evaluat/i, 'eye'],
  [/research|search|explor/i, 'search'],
  [/test|qa/i, 'beaker'],
  [/write|document|report|synth/i, 'edit'],
  [/code|coder|develop|implement|build|fix|work|do/i, 'code'],
];

export const stageIcon = (name: string, role: string): string =>
  stageIcons.find(([pattern]) => pattern.test(name) || pattern.test(role))?.[1] ?? 'hubot';
