// A real VS Code for tests and demo, installed when it is not there yet.
import { ensureTool, giveUp, run } from './setUp.mjs';

/** Installs what test/harness describes; nothing when it is there. */
export function ensureEditor() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    giveUp(
      'The editor for tests and demo is installed on Linux for x64 only.',
      'Elsewhere: npm run test:electron, or install the .vsix into your own VS Code.',
    );
  ensureTool('git', 'git');
  ensureTool('sqlite3', 'sqlite3');
  run('bash', ['test/harness/install.sh']);
}
