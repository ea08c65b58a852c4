/** How things are said in rows and tooltips. Times are coarse: a row that changes every second is not read. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** "6 min", "2 h 5 min", "3 days"; nothing below a minute. */
export function lasted(milliseconds: number): string {
  if (milliseconds < minute) return 'under 1 min';
  if (milliseconds < hour) return `${Math.floor(milliseconds / minute)} min`;
  if (milliseconds < day) {
    const minutes = Math.floor((milliseconds % hour) / minute);
    return `${Math.floor(milliseconds / hour)} h${minutes === 0 ? '' : ` ${minutes} min`}`;
  }
  return count(Math.floor(milliseconds / day), 'day');
}

/** "10:04", "1:02:30": how long something took that has ended. */
export function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const two = (part: number) => String(part).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h === 0 ? `${m}:${two(s)}` : `${h}:${two(m)}:${two(s)}`;
}

export const ago = (since: string, now: number): string => {
  const passed = now - Date.parse(since);
  return passed < minute ? 'just now' : `${lasted(passed)} ago`;
};

/** "running 6 min"; in the first minute the word alone. */
export function forSoLong(word: string, since: string, now: number): string {
  const passed = now - Date.parse(since);
  return passed < minute ? word : `${word} ${lasted(passed)}`;
}

/** "7 days left", "ends today", "2 days over". */
export function untilEnd(end: string, now: number): string {
  const left = Date.parse(end) - now;
  if (left < 0) return left > -day ? 'ended today' : `${count(Math.floor(-left / day), 'day')} over`;
  return left < day ? 'ends today' : `${count(Math.floor(left / day), 'day')} left`;
}

/** "2 days overdue", "overdue since today"; null while there is time. */
export function overdue(deadline: string | null, now: number): string | null {
  if (deadline === null) return null;
  const late = now - Date.parse(deadline);
  if (late <= 0) return null;
  return late < day ? 'overdue' : `${count(Math.floor(late / day), 'day')} overdue`;
}

/** Who it was, to the person in front of the screen. */
export const who = (name: string): string => (name === 'person' ? 'you' : name);

export const firstLine = (text: string): string => {
  const [line = ''] = text.trim().split('\n');
  return line;
};

export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;

/** A status as people read it. */
export const plain = (status: string): string => status.replaceAll('_', ' ');

/** "12 KB", "1.4 MB": what a folder takes. */
export function bytes(size: number): string {
  const units = ['KB', 'MB', 'GB'];
  let value = size / 1024;
  while (value >= 1000 && units.length > 1) {
    value /= 1024;
    units.shift();
  }
  return `${value < 10 ? value.toFixed(1) : String(Math.round(value))} ${units[0] ?? 'GB'}`;
}

/** "15:30"; with the day where that is another one. */
export function timeOfDay(instant: string, now: number): string {
  const at = new Date(instant);
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const isToday = at.toDateString() === new Date(now).toDateString();
  return isToday ? time : `${at.toLocaleDateString([], { month: 'short', day: 'numeric' })}, ${time}`;
}
