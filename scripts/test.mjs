// `npm test`: everything that must hold, from a bare machine on. `npm test -- unit lint` runs only those.
import { readdirSync } from 'node:fs';
import { ensureEditor } from './editor.mjs';
import { ensureBuild, ensurePackages, ensureTool, giveUp, run, say } from './setUp.mjs';

const bin = (name) => `node_modules/.bin/${name}`;
const mocha = (...files) => run(process.execPath, ['node_modules/mocha/bin/mocha.js', ...files]);

const steps = {
  types: () => {
    run(bin('tsc'), ['--noEmit']);
    for (const project of ['webview-ui', 'test/unit/webview-ui', 'test/ui'])
      run(bin('tsc'), ['--noEmit', '-p', project]);
  },
  lint: () => run(bin('eslint'), ['.', '--max-warnings=0']),
  format: () => run(bin('prettier'), ['--check', '--log-level=warn', '.']),
  unit: () => mocha('test/unit/**/*.test.ts'),
  contract: () => mocha('test/contract/**/*.test.ts'),
  // A folder at a time: sql.js starts once per process, in memory for a test host or on real files for a store.
  process: () => {
    for (const folder of readdirSync('test/process')) mocha(`test/process/${folder}/**/*.test.ts`);
  },
  // What the .vsix holds, and that it is small.
  package: () => run(process.execPath, ['scripts/package.mjs']),
  // Inside the extension host of a real VS Code.
  host: () => {
    ensureEditor();
    mocha('test/host/host.test.ts');
  },
  // What a person does in a real VS Code, in a browser.
  ui: () => {
    ensureEditor();
    mocha('test/ui/**/*.test.ts');
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in steps));
if (unknown.length > 0)
  giveUp(`There is no step ${unknown.join(', ')}.`, `There are: ${Object.keys(steps).join(', ')}.`);

ensurePackages();
ensureTool('git', 'git');
ensureTool('sqlite3', 'sqlite3');
ensureBuild();
for (const [name, step] of Object.entries(steps)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  say(name);
  step();
}
say('all steps passed');
