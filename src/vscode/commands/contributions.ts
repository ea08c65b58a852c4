import { operations } from '../../operations/all.ts';
import { commandIds } from '../commandIds.ts';
import { commandIcons } from '../trees/commandIcons.ts';
import type { CommandContribution, Contributions } from '../contributions.ts';
import { isByHand } from './byHand.ts';

/** `npm run manifest` runs this; it is no part of the extension's bundle. */
const operationCommands: readonly CommandContribution[] = operations
  .filter(({ id }) => isByHand(id))
  .map(({ id, title }) => {
    const icon = commandIcons[id];
    return { command: `sloop.${id}`, title, category: 'Sloop', ...(icon === undefined ? {} : { icon }) };
  });

export const commandContributions: Contributions = {
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
