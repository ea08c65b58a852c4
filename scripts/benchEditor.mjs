// `npm run bench:editor`: what small and large workspaces cost a real VS Code's extension host.
import { ensureEditor } from './editor.mjs';
import { ensurePackages, run } from './setUp.mjs';

ensurePackages();
ensureEditor();
run(process.execPath, ['--import', './test/support/register.mjs', 'test/bench/editor/main.ts']);
