const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago something was, as a person says it: "10 s ago", "12 min ago", "3 h ago", "yesterday", "4 days ago". */
export function relativeTime(then: number, now: number): string {
  const age = now - then;
  if (age < 5 * second) return 'just now';
  if (age < minute) return `${Math.floor(age / second)} s ago`;
  if (age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age < 12 * hour) return `${Math.floor(age / hour)} h ago`;
  const days = daysBetween(then, now);
  if (days === 0) return `${Math.floor(age / hour)} h ago`;
  if (days === 1) return 'yesterday';
  if (days < 14) return `${days} days ago`;
  return new Date(then).toISOString().slice(0, 10);
}

/** Milliseconds until `relativeTime` may say something else. */
export function nextTick(then: number, now: number): number {
  const age = Math.max(0, now - then);
  if (age < 5 * second) return 5 * second - age;
  if (age < minute) return second - (age % second);
  if (age < hour) return minute - (age % minute);
  return hour - (age % hour);
}

/** Midnights between two moments, in the person's own time zone. */
function daysBetween(then: number, now: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(then)) / day);
}
