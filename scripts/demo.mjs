// `npm run demo -- --headless [--provider script|claude|codex] [--model scripted] [--keep]`
import { ensureBuild, ensurePackages, ensureTool, run } from './setUp.mjs';

ensurePackages();
ensureTool('git', 'git');
ensureBuild();
run(process.execPath, [
  '--import',
  './test/support/register.mjs',
  'scripts/demo/headless.ts',
  ...process.argv.slice(2),
]);
