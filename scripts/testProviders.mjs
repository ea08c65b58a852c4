// `npm run test:providers [-- MOCHA-ARGUMENTS]`: the real agent CLIs against a scripted model on this machine, alone
// and through Sloop's own doors. Needs npm's registry once, for the CLIs; no login, and no network afterwards.
import { ensureBuild, ensurePackages, ensureTool, giveUp, root, run, say } from './setUp.mjs';

if (process.platform === 'win32')
  giveUp('The agent CLIs are not tested on Windows yet.', 'Run this on Linux or macOS.');
ensurePackages();
ensureTool('git', 'git');
ensureBuild();
const { installAgentClis } = await import('./installAgentClis.mjs');
try {
  await installAgentClis(say);
} catch (error) {
  giveUp(error.message, 'Without them their contract tests cannot run; `npm test` runs all the others.');
}
// A CLI's first start on a machine unpacks and caches: generous, since none of the tests waits for a time.
run(
  process.execPath,
  [
    'node_modules/mocha/bin/mocha.js',
    '--timeout',
    '120000',
    'test/providers/**/*.test.ts',
    ...process.argv.slice(2),
  ],
  { cwd: root },
);
