/** One unit of a duration as CLIs write it: `13m`, `2 hours`, `34.07s`, `500ms`. The longer names stand first. */
const unit = String.raw`\d+(?:\.\d+)?\s*(?:milliseconds?|ms|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])`;

const inDuration = new RegExp(
  String.raw`\b(?:again|retry|retry-after|resets?|available)(?:\s+in|\s+after)?[\s:]+(${unit}(?:[\s,]*(?:and\s+)?${unit})*)`,
  'i',
);

const atInstant = /\b(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))/;

/** Claude Code once wrote `limit reached|1760000000`; endpoints answer with `"resets_at": 1760000000`. */
const atUnixTime = /(?:\||resets?_?at"?[\s:=]+)(\d{10})\b/i;

/** `resets 3pm (Europe/Berlin)`, `resets Oct 6, 1pm`, `try again at Jul 5th, 2026 8:19 PM`. */
const atClock =
  /\b(?:resets?|again|available)\s+(?:at\s+|on\s+)?(?:([A-Z][a-z]{2})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:(\d{4}),?\s+)?(?:at\s+)?)?(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\b\.?(?:\s*\(([\w+\-/]+)\))?/i;

/**
 * When an exhausted account can be used again, where a CLI's text says so, as an ISO time. A clock time without a
 * zone is this machine's, as all of these CLIs print it, and the next one of its kind.
 */
export function untilOf(text: string, now: Date = new Date()): string | undefined {
  const instant = atInstant.exec(text)?.[1];
  if (instant !== undefined) return isoOf(Date.parse(instant));
  const unix = atUnixTime.exec(text)?.[1];
  if (unix !== undefined) return isoOf(Number(unix) * 1000);
  const duration = inDuration.exec(text)?.[1];
  if (duration !== undefined) return isoOf(now.getTime() + millisecondsIn(duration));
  const clock = atClock.exec(text);
  return clock === null ? undefined : isoOf(nextClock(clock, now));
}

/** `seconds` from now, as endpoints say it in `retry-after`. */
export const untilIn = (seconds: number, now: Date = new Date()): string | undefined =>
  isoOf(now.getTime() + seconds * 1000);

function isoOf(time: number | undefined): string | undefined {
  // What a CLI prints may be a time that there is not.
  const isTime = time !== undefined && Number.isFinite(time) && Math.abs(time) <= 8.64e15;
  return isTime ? new Date(time).toISOString() : undefined;
}

const milliseconds: readonly (readonly [RegExp, number])[] = [
  [/^(ms|milli)/i, 1],
  [/^d/i, 86_400_000],
  [/^h/i, 3_600_000],
  [/^m/i, 60_000],
  [/^s/i, 1000],
];

const millisecondsIn = (duration: string): number =>
  [...duration.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)].reduce((sum, [, count, name = '']) => {
    const one = milliseconds.find(([sign]) => sign.test(name))?.[1] ?? 0;
    return sum + Number(count) * one;
  }, 0);

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function nextClock(match: RegExpExecArray, now: Date): number | undefined {
  const [, monthName, dayText, yearText, hourText, minuteText = '0', half = 'a', zone] = match;
  const hour = (Number(hourText) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const minute = Number(minuteText);
  const today = wallClock(now.getTime(), zone);
  if (today === undefined) return undefined;
  const instant = (year: number, month: number, day: number) =>
    atWall(Date.UTC(year, month, day, hour, minute), zone);
  if (monthName === undefined) {
    const [year, month, day] = [today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()];
    const time = instant(year, month, day);
    return time > now.getTime() ? time : instant(year, month, day + 1);
  }
  const month = months.indexOf(monthName.toLowerCase());
  if (month === -1) return undefined;
  if (yearText !== undefined) return instant(Number(yearText), month, Number(dayText));
  const time = instant(today.getUTCFullYear(), month, Number(dayText));
  // A limit of next year's first days, told in the last of this one.
  return time > now.getTime() - 86_400_000
    ? time
    : instant(today.getUTCFullYear() + 1, month, Number(dayText));
}

/** What a clock on the wall of `zone` shows, in the UTC fields of a date; undefined for a zone that there is not. */
function wallClock(time: number, zone: string | undefined): Date | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      ...(zone === undefined ? {} : { timeZone: zone }),
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
      hourCycle: 'h23',
    });
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const at = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return new Date(Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute')));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The instant at which the wall of `zone` shows `wall`: off by the zone's offset there, which the second look tells. */
function atWall(wall: number, zone: string | undefined): number {
  const offset = (time: number) =>
    (wallClock(time, zone)?.getTime() ?? time) - Math.floor(time / 60_000) * 60_000;
  const guess = wall - offset(wall);
  return wall - offset(guess);
}
