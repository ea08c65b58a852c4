/** Seconds in a duration such as `90s`. */
export function parseDuration(text) {
  const match = /^(\d+)s$/.exec(text);
  if (match === null) throw new RangeError(`not a duration: ${text}`);
  return Number(match[1]);
}
