import type { Merge } from '../../domain/merge/merge.ts';

/** What whoever resolves a conflict has to know and do. */
export const conflictText = (
  { source, target, repositoryPath, todoId, agentName }: Merge,
  files: readonly string[],
): string =>
  [
    `Branch \`${source}\` could not be merged into \`${target}\` in ${repositoryPath}: both changed the same lines.`,
    todoId === null
      ? ''
      : `The work is that of todo ${todoId}${agentName === null ? '' : `, done by ${agentName}`}.`,
    `Files in conflict:\n\n${files.map((file) => `- \`${file}\``).join('\n')}`,
    `What to do, in a worktree where \`${source}\` is checked out:`,
    [
      `1. \`git merge ${target}\``,
      '2. Resolve each file so that what both sides meant holds; run the tests.',
      '3. Commit the merge.',
      '4. Report done. The branch is then merged by itself, and this todo and the one it came from are completed.',
    ].join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
