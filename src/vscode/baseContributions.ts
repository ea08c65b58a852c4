import { commandIds } from './commandIds.ts';
import type { Contributions } from './contributions.ts';

/** The container of the views, and the commands that belong to no area. */
export const baseContributions: Contributions = {
  viewsContainers: {
    activitybar: [{ id: 'sloop', title: 'Sloop', icon: 'media/sloop.svg' }],
  },
  commands: [
    { command: commandIds.showLog, title: 'Show Log', category: 'Sloop' },
    { command: commandIds.retryConnection, title: 'Try to Start Again', category: 'Sloop' },
  ],
};
