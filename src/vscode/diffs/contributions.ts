import { commandIds } from '../commandIds.ts';
import type { Contributions } from '../contributions.ts';

export const diffContributions: Contributions = {
  commands: [
    {
      command: commandIds.showChanges,
      title: 'Show the Changes of an Agent, a Todo or a Sprint…',
      category: 'Sloop',
    },
  ],
};
