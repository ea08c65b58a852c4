import { ok, refuse, type Result } from '../base/result.ts';
import type { Git } from './git.ts';

/** The first that merges without a working tree (`merge-tree --write-tree`). */
const oldest = { major: 2, minor: 38 };

/** Whether there is a git that can do what worktrees and merges need; the refusal says what to do. */
export async function checkGit(git: Git, folder: string): Promise<Result<string>> {
  const { code, out, err } = await git(folder, ['version']);
  if (code !== 0)
    return refuse(
      'unavailable',
      `Git cannot be run: ${err}.`,
      'Install git 2.38 or newer and put it on the PATH.',
    );
  const [, version = '', major = '0', minor = '0'] = /((\d+)\.(\d+)\S*)/.exec(out) ?? [];
  const isOld =
    Number(major) < oldest.major || (Number(major) === oldest.major && Number(minor) < oldest.minor);
  if (!isOld) return ok(version);
  return refuse(
    'unavailable',
    `Git is ${version}, and worktrees and merges need ${oldest.major}.${oldest.minor} or newer.`,
    'Update git, or run agents without worktrees.',
  );
}
