// `npm run test:electron`: the suites of test/host in a downloaded desktop VS Code, where that can be downloaded.
import { ensurePackages, ensureTool, run } from './setUp.mjs';

ensurePackages();
ensureTool('git', 'git');
ensureTool('sqlite3', 'sqlite3');
run(process.execPath, ['--import', './test/support/register.mjs', 'test/host/electron.ts']);
