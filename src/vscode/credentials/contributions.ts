import { commandIds } from '../commandIds.ts';
import type { Contributions } from '../contributions.ts';

export const credentialContributions: Contributions = {
  commands: [
    { command: commandIds.addAccount, title: 'Add an Account…', category: 'Sloop', icon: '$(add)' },
    {
      command: commandIds.logInToAccount,
      title: 'Log In to an Account…',
      category: 'Sloop',
      icon: '$(sign-in)',
    },
  ],
};
