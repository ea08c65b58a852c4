/** Runs `work` so many times side by side; when all have ended, throws the first failure of any. */
export async function inLanes(lanes: number, work: () => Promise<void>): Promise<void> {
  const ends = await Promise.allSettled(Array.from({ length: lanes }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
