import { commandIds } from '../commandIds.ts';
import type { CommandContribution, Contributions } from '../contributions.ts';
import { commandOf } from '../trees/looks/look.ts';
import { inline, menu, row, title } from '../trees/menus.ts';
import { viewCommands } from '../trees/viewCommands.ts';

const ofRows: readonly CommandContribution[] = [
  { command: viewCommands.moveAccountUp, title: 'Use Earlier', icon: '$(arrow-up)' },
  { command: viewCommands.moveAccountDown, title: 'Use Later', icon: '$(arrow-down)' },
];

export const accountContributions: Contributions = {
  views: {
    sloop: [
      {
        id: 'sloop.accounts',
        name: 'Accounts',
        contextualTitle: 'Sloop',
        initialSize: 1,
        visibility: 'collapsed',
      },
    ],
  },
  viewsWelcome: [
    {
      view: 'sloop.accounts',
      contents:
        'Agents use the logins that you have in their own programs. With accounts here they take turns, and when one gives out the next one goes on.\n[Add an account](command:sloop.addAccount)',
    },
  ],
  commands: ofRows,
  menus: {
    commandPalette: ofRows.map(({ command }) => ({ command, when: 'false' })),
    'view/title': [title('sloop.accounts', commandIds.addAccount, 'navigation@1')],
    'view/item/context': [
      ...inline(row('account\\.folder'), commandIds.logInToAccount),
      ...inline(row('account\\..*\\.exhausted'), commandOf('account.reset')),
      ...menu(row('account\\.folder'), [commandIds.logInToAccount]),
      ...menu(row('account\\..*\\.exhausted'), [commandOf('account.reset')]),
      ...menu(
        row('account\\.'),
        [],
        [viewCommands.moveAccountUp, viewCommands.moveAccountDown],
        [commandOf('account.update')],
        [commandOf('account.remove'), viewCommands.copyId],
      ),
    ],
  },
};
