// `npm run demo`: a real VS Code in a browser, on a demo repository. `-- --tour` drives it itself.
// `npm run demo -- --headless [--provider script|claude|codex] [--model scripted] [--keep]`: without an editor.
import { ensureEditor } from './editor.mjs';
import { ensureBuild, ensurePackages, ensureTool, run } from './setUp.mjs';

const options = process.argv.slice(2);
const headless = options.includes('--headless');
ensurePackages();
ensureTool('git', 'git');
if (headless) ensureBuild();
else ensureEditor();
run(process.execPath, [
  '--import',
  './test/support/register.mjs',
  headless ? 'scripts/demo/headless.ts' : 'scripts/demo/editor.ts',
  ...options,
]);
