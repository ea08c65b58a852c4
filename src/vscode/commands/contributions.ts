import { operations } from '../../operations/all.ts';
import { commandIds } from '../commandIds.ts';
import { commandIcons } from '../trees/commandIcons.ts';
import type { CommandContribution, Contributions, Keybinding } from '../contributions.ts';
import { isByHand } from './byHand.ts';

/** `npm run manifest` runs this; it is no part of the extension's bundle. */
const operationCommands: readonly CommandContribution[] = operations
  .filter(({ id }) => isByHand(id))
  .map(({ id, title }) => {
    const icon = commandIcons[id];
    return { command: `sloop.${id}`, title, category: 'Sloop', ...(icon === undefined ? {} : { icon }) };
  });

/**
 * Few, below the editor's own Ctrl+K, whose next keys these were free in VS Code 1.125 on every system. Single keys
 * would collide: Ctrl+Alt with a letter types a letter on many keyboards. In a terminal Ctrl+K is the shell's.
 */
const keybindings: readonly Keybinding[] = [
  // "Q": what is asked of the person, and the rest that waits.
  { command: 'sloop.inbox.focus', key: 'ctrl+k q', mac: 'cmd+k q', when: '!terminalFocus' },
  // "N": a thought is noted where it comes, without leaving the file.
  { command: 'sloop.todo.create', key: 'ctrl+k n', mac: 'cmd+k n', when: '!terminalFocus' },
  // "L": the one thing that is started every day.
  {
    command: 'sloop.loop.start',
    key: 'ctrl+k l',
    mac: 'cmd+k l',
    when: '!terminalFocus && workspaceFolderCount > 0',
  },
];

export const commandContributions: Contributions = {
  keybindings,
  commands: [
    ...operationCommands,
    {
      command: commandIds.chooseFolder,
      title: 'Choose the Folder…',
      category: 'Sloop',
      enablement: 'workspaceFolderCount > 1',
    },
  ],
};
