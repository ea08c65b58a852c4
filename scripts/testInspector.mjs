// `npm run test:inspector`: the official MCP inspector lists and calls our tools. It needs a newer Node than Sloop
// does, so both live in test/inspector with a lock of their own and are installed on demand.
import path from 'node:path';
import { ensurePackages, root, run } from './setUp.mjs';

ensurePackages();
ensurePackages(path.join(root, 'test', 'inspector'));
run(process.execPath, ['node_modules/mocha/bin/mocha.js', 'test/inspector/inspector.test.ts']);
