import assert from 'node:assert/strict';
import { untilIn, untilOf } from '../../../../src/agents/providers/quotaTime.ts';

const now = new Date('2026-11-21T10:00:00.000Z');
const local = (year: number, month: number, day: number, hour: number, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).toISOString();

describe('the time until which an account is exhausted', () => {
  const after = (hours: number, minutes = 0, seconds = 0) =>
    new Date(now.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000).toISOString();

  for (const [text, until] of [
    // Codex, this version and those before it.
    [
      'You’ve hit your usage limit. Upgrade to Pro or try again in 5 days 22 hours 11 minutes.',
      after(142, 11),
    ],
    ['Rate limit reached for gpt-5. Please try again in 11.054s.', after(0, 0, 11.054)],
    // Gemini CLI.
    ['Your quota will reset. Please retry in 34.07s.', after(0, 0, 34.07)],
    ['Resource exhausted\nSuggested retry after 3600s.', after(1)],
    ['Your quota will reset after 5h32m10s.', after(5, 32, 10)],
    // opencode, GitHub Copilot.
    ['Weekly usage limit reached. It will reset in 2 days and 3 hours.', after(51)],
    ['rate limited; try again in 2h 13m', after(2, 13)],
    ['HTTP 429, retry-after: 120 seconds', after(0, 2)],
  ] as const)
    it(`is after the duration in “${text}”`, () => assert.equal(untilOf(text, now), until));

  for (const [text, until] of [
    ['limit reached|1795300000', '2026-11-21T22:26:40.000Z'],
    ['{"type":"usage_limit_reached","resets_at":1795300000}', '2026-11-21T22:26:40.000Z'],
    ['Your limit resets at 2026-11-22T00:00:00Z.', '2026-11-22T00:00:00.000Z'],
    // Claude Code.
    ['You’ve hit your session limit · resets 3pm (Europe/Berlin)', '2026-11-21T14:00:00.000Z'],
    ['You’ve hit your session limit · resets 9:30am (UTC)', '2026-11-22T09:30:00.000Z'],
    ['You’ve hit your weekly limit · resets Nov 24, 1pm (America/New_York)', '2026-11-24T18:00:00.000Z'],
    ['You’ve hit your weekly limit · resets Jan 2, 12am (UTC)', '2027-01-02T00:00:00.000Z'],
    // Codex, which names no zone: this machine's.
    ['You’ve hit your usage limit. Try again at Jul 5th, 2027 8:19 PM.', local(2027, 7, 5, 20, 19)],
  ] as const)
    it(`is the time in “${text}”`, () => assert.equal(untilOf(text, now), until));

  it('is the next such time of the day where no day is named', () => {
    const noon = new Date(2026, 10, 21, 12, 0);
    assert.equal(untilOf('try again at 3:30 PM.', noon), local(2026, 11, 21, 15, 30));
    assert.equal(untilOf('try again at 11:05 AM.', noon), local(2026, 11, 22, 11, 5));
  });

  for (const text of [
    'You exceeded your quota.',
    'try again later',
    'resets 3pm (Mars/Olympus)',
    'port 4290',
  ])
    it(`is not known from “${text}”`, () => assert.equal(untilOf(text, now), undefined));

  it('is told in seconds by endpoints', () => assert.equal(untilIn(60, now), after(0, 1)));
});
