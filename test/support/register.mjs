// Lets plain Node run the TypeScript sources, in worker threads too: tsx strips types, and the text hook does what
// esbuild's text loader does in the bundle (`import plan from './plan.md'` is a string).
import { register as registerHook } from 'node:module';
import { register as registerTsx } from 'tsx/esm/api';

registerTsx();
registerHook('./textLoader.mjs', import.meta.url);
