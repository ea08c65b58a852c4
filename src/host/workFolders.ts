import path from 'node:path';
import { pathKey } from '../gateway/client/pathKey.ts';
import type { Surroundings } from '../operations/operation.ts';
import type { HostOptions } from './createHost.ts';

/** Where the worktrees of this workspace and the clones of the person's repositories lie: outside of all of them. */
export function workFolders({ workspace, dataFolder, settings }: HostOptions): Surroundings['folders'] {
  const all = settings.worktrees.folder ?? path.join(dataFolder, 'worktrees');
  // The key keeps two workspaces of one name apart.
  const own = `${path.basename(workspace)}-${pathKey(workspace).slice(0, 8)}`;
  return { worktrees: path.join(all, own), repositories: path.join(dataFolder, 'repositories') };
}
