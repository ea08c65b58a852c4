import { readdir } from 'node:fs/promises';
import { linuxProcess } from './linuxProcess.ts';

/**
 * Processes that a killed `sloop run` left behind: they are of the group that it led and are older than nothing of
 * it. Group numbers are given away again, so each is looked at: same boot, started after the leader, the leader
 * itself gone. Where /proc is missing nothing is found, and nothing is killed on a guess.
 */
export async function orphansOf(leader: number, startedAt: string | null): Promise<readonly number[]> {
  if (process.platform !== 'linux' || startedAt === null) return [];
  const [boot, ticks] = startedAt.split('-');
  if ((await linuxProcess(leader)) !== null) return [];
  const pids = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name)).map(Number);
  const seen = await Promise.all(pids.map(async (pid) => ({ pid, found: await linuxProcess(pid) })));
  return seen.flatMap(({ pid, found }) =>
    found !== null && found.group === leader && found.boot === boot && found.ticks >= Number(ticks)
      ? [pid]
      : [],
  );
}
