import type { Contributions } from '../contributions.ts';

export const treeContributions: Contributions = {
  views: {
    sloop: [
      { id: 'sloop.projects', name: 'Projects', contextualTitle: 'Sloop' },
      { id: 'sloop.loops', name: 'Loops', contextualTitle: 'Sloop' },
      { id: 'sloop.agents', name: 'Agents', contextualTitle: 'Sloop' },
      { id: 'sloop.inbox', name: 'Inbox', contextualTitle: 'Sloop' },
    ],
  },
};
