import type { CommandContribution, Contributions } from '../contributions.ts';
import { commandOf } from '../trees/looks/look.ts';
import { inline, menu, row, title } from '../trees/menus.ts';
import { viewCommands } from '../trees/viewCommands.ts';

const ofRows: readonly CommandContribution[] = [
  { command: viewCommands.showMergeChanges, title: 'Show the Changes', icon: '$(diff-multiple)' },
  { command: viewCommands.showConflictTodo, title: 'Show the Todo That Resolves It', icon: '$(checklist)' },
  { command: viewCommands.openMergeAgent, title: 'Open the Agent' },
  { command: viewCommands.openFolder, title: 'Open in a New Window', icon: '$(multiple-windows)' },
  { command: viewCommands.removeWorktree, title: 'Remove the Worktree…', icon: '$(trash)' },
];

export const mergeContributions: Contributions = {
  views: {
    sloop: [
      {
        id: 'sloop.merges',
        name: 'Merge Queue',
        contextualTitle: 'Sloop',
        initialSize: 1,
        visibility: 'collapsed',
      },
    ],
  },
  viewsWelcome: [
    {
      view: 'sloop.merges',
      contents:
        'Nothing waits to be merged, and no worktree is left over. What agents hand in from worktrees of their own appears here, and what waits for your approval.',
    },
  ],
  commands: ofRows,
  menus: {
    commandPalette: ofRows.map(({ command }) => ({ command, when: 'false' })),
    'view/title': [title('sloop.merges', commandOf('worktree.scan'), 'navigation@1')],
    'view/item/context': [
      ...inline(
        row('merge\\.waiting_approval'),
        commandOf('merge.approve'),
        viewCommands.showMergeChanges,
        commandOf('merge.cancel'),
      ),
      ...inline(
        row('merge\\.conflict'),
        viewCommands.showConflictTodo,
        commandOf('merge.retry'),
        commandOf('merge.cancel'),
      ),
      ...inline(
        row('merge\\.(failed|queued)'),
        commandOf('merge.retry'),
        viewCommands.showMergeChanges,
        commandOf('merge.cancel'),
      ),
      ...inline(row('merge\\.merged'), viewCommands.showMergeChanges),
      ...menu(row('merge\\.waiting_approval'), [commandOf('merge.approve')]),
      ...menu(row('merge\\.'), [], [viewCommands.showMergeChanges]),
      ...menu(row('merge\\..*\\.agent$'), [], [viewCommands.openMergeAgent]),
      ...menu(row('merge\\.[a-z_]*\\.todo'), [], [viewCommands.showConflictTodo]),
      ...menu(
        row('merge\\.(waiting_approval|queued|conflict|failed)'),
        [],
        [],
        [commandOf('merge.retry'), commandOf('merge.cancel')],
      ),
      ...menu(row('merge\\.'), [], [], [], [commandOf('merge.show'), viewCommands.copyId]),
      ...inline(
        row('worktree\\.'),
        viewCommands.openFolder,
        commandOf('worktree.adopt'),
        viewCommands.removeWorktree,
      ),
      ...menu(
        row('worktree\\.'),
        [viewCommands.openFolder],
        [commandOf('worktree.adopt'), viewCommands.removeWorktree],
        [commandOf('worktree.show'), viewCommands.copyId],
      ),
    ],
  },
};
