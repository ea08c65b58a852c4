// Lets plain Node run the TypeScript sources: tsx strips types, and the text hook does what esbuild's text loader
// does in the bundle (`import plan from './plan.md'` is a string).
import { register as registerHook } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { register as registerTsx } from 'tsx/esm/api';

// tsx itself does nothing in a worker thread unless it is told to.
if (isMainThread) await import('tsx');
else registerTsx();
registerHook('./textLoader.mjs', import.meta.url);
