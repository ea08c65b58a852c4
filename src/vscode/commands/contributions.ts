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
    const name = { command: `sloop.${id}`, title: titleCase(title), category: 'Sloop' } as const;
    return icon === undefined ? name : { ...name, icon };
  });

/** Commands of VS Code write their words with capitals, operations do not. */
function titleCase(title: string): string {
  const small = ['a', 'an', 'and', 'as', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with'];
  return title.replace(/[\p{L}'’]+/gu, (word, at: number) =>
    at > 0 && small.includes(word) ? word : word.charAt(0).toUpperCase() + word.slice(1),
  );
}

/**
 * Few, below the editor's own Ctrl+K, where these keys are free in VS Code's default list on Linux. Single keys would
 * collide: Ctrl+Alt with a letter types a letter on many keyboards. In a terminal Ctrl+K is the shell's.
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
