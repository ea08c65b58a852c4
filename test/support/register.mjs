// Lets plain Node run the TypeScript sources: tsx strips types, and the text hooks do what esbuild's text loader
// does in the bundle (`import plan from './plan.md'` is a string).
import { readFileSync } from 'node:fs';
import { createRequire, register as registerHook } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { register as registerTsx } from 'tsx/esm/api';

// tsx itself does nothing in a worker thread unless it is told to.
if (isMainThread) await import('tsx');
else registerTsx();
registerHook('./textLoader.mjs', import.meta.url);

// Mocha loads test files by `require` first and only those that fail by `import`. Without this, tests that reach a
// text file would get a second copy of every module, and of the store, which may exist only once.
const { extensions } = createRequire(import.meta.url);
for (const ending of ['.md', '.sql', '.txt'])
  extensions[ending] = (module, file) => {
    module.exports = readFileSync(file, 'utf8');
  };
