// Lets plain Node run the TypeScript sources: tsx strips types, and the text hook does what
// esbuild's text loader does in the bundle (`import plan from './plan.md'` is a string).
import { register } from 'node:module';
import 'tsx';

register('./textLoader.mjs', import.meta.url);
