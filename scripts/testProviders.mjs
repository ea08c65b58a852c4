// `npm run test:providers [-- NAME …] [-- MOCHA-ARGUMENTS]`: the real agent CLIs (all, or those named: claude, codex,
// gemini, copilot, opencode) against a scripted model on this machine, alone and through Sloop's own doors. Needs
// npm's registry once, for the CLIs; no login, and no network afterwards.
import { ensureBuild, ensurePackages, ensureTool, giveUp, root, run, say } from './setUp.mjs';

if (process.platform === 'win32')
  giveUp('The agent CLIs are not tested on Windows yet.', 'Run this on Linux or macOS.');
ensurePackages();
const { agentCliNames, installAgentClis } = await import('./installAgentClis.mjs');
const words = process.argv.slice(2);
const optionsFrom = words.findIndex((word) => word.startsWith('-'));
const named = optionsFrom === -1 ? words : words.slice(0, optionsFrom);
const strange = named.find((name) => !agentCliNames.includes(name));
if (strange !== undefined)
  giveUp(
    `There is no agent CLI ${strange} to test.`,
    `Name some of ${agentCliNames.join(', ')}, or none for all.`,
  );
const names = named.length === 0 ? agentCliNames : named;
ensureTool('git', 'git');
ensureBuild();
try {
  await installAgentClis(say, names);
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
    ...words.slice(named.length).filter((word) => word !== '--'),
  ],
  { cwd: root, env: { ...process.env, SLOOP_TEST_PROVIDERS: names.join(',') } },
);
