// `npm run demo`: a real VS Code in a browser, on a demo repository. `-- --tour` drives it itself.
// `npm run demo -- --parallel [--kill] [--keep]`: forty todos, ten agents, git worktrees, without an editor.
// `npm run demo -- --headless [--provider script|claude|codex] [--model scripted] [--keep]`: without an editor.
import { ensureEditor } from './editor.mjs';
import { ensureBuild, ensurePackages, ensureTool, run } from './setUp.mjs';

const options = process.argv.slice(2);
const withoutEditor = ['headless', 'parallel'].find((form) => options.includes(`--${form}`));
ensurePackages();
ensureTool('git', 'git');
if (withoutEditor !== undefined) ensureBuild();
else ensureEditor();
run(process.execPath, [
  '--import',
  './test/support/register.mjs',
  `scripts/demo/${withoutEditor ?? 'editor'}.ts`,
  ...options,
]);
