import { commandIds } from '../commandIds.ts';
import type { Contributions } from '../contributions.ts';

export const dispatchContributions: Contributions = {
  commands: [
    { command: commandIds.runOnTodo, title: 'Run an Agent on a Todo…', category: 'Sloop', icon: '$(play)' },
  ],
};
