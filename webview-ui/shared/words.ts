/** `6:40`, `1:02:09`. */
export function clockText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** `$0.84`; what is less than a cent but not nothing keeps two figures. */
export const moneyText = (usd: number): string =>
  usd > 0 && usd < 0.01 ? `$${usd.toPrecision(2)}` : `$${usd.toFixed(2)}`;

/** `41.2k`, `1.3M`. */
export function tokensText(count: number): string {
  if (count < 1000) return String(count);
  if (count < 999_950) return `${(count / 1000).toFixed(1)}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}

/** `18 of 60 min`, `2 of 24 h`: one unit for both, by what there is in all. */
export function timeOfText(spentMs: number, allMs: number): string {
  const [unit, name] = allMs <= 3 * 3_600_000 ? [60_000, 'min'] : [3_600_000, 'h'];
  return `${Math.floor(spentMs / unit)} of ${Math.round(allMs / unit)} ${name}`;
}

/** `1 finding`, `4 findings`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** The first line that says something, without Markdown's marks around it; '' where nothing does. */
export function firstLine(text: string | null): string {
  const line = (text ?? '').split('\n').find((candidate) => /[\p{L}\p{N}]/u.test(candidate));
  return (line ?? '')
    .trim()
    .replace(/^(#{1,6}|[-*+>]|\d+[.)])\s+(\[[ xX]\]\s+)?/, '')
    .replace(/(\*\*|__|`)(.+?)\1/g, '$2');
}

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `09:12`, in the reader's time zone. */
export const timeOfDay = (instant: string): string =>
  new Date(instant).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
