// `npm run package`: the extension as one file, out/sloop.vsix, and whether it is what it should be.
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ensureBuild, ensurePackages, giveUp, root, run, say } from './setUp.mjs';

const mostBytes = 2_000_000;
const file = path.join('out', 'sloop.vsix');
/** What a package may hold, and what it must. */
const allowed =
  /^(dist\/[\w.-]+|dist\/webviews\/[\w.-]+|media\/.+|package\.json|readme\.md|changelog\.md|license(\.txt)?)$/i;
const needed = [
  'dist/extension.cjs',
  'dist/sloop.cjs',
  'dist/hostWorker.mjs',
  'dist/LICENSES.txt',
  'LICENSE',
];

ensurePackages();
ensureBuild();
const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
const files = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean);
const strange = files.filter((name) => !allowed.test(name) || name.endsWith('.map'));
const missing = needed.filter((name) => !files.includes(name));
if (strange.length > 0) giveUp(`The package would hold ${strange.join(', ')}.`, 'Mend .vscodeignore.');
if (missing.length > 0)
  giveUp(`The package lacks ${missing.join(', ')}.`, 'Mend .vscodeignore or esbuild.mjs.');

mkdirSync('out', { recursive: true });
run(process.execPath, [
  ...[vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
  ...['--out', file],
]);
const { size } = statSync(file);
if (size >= mostBytes)
  giveUp(`${file} has ${size} bytes, more than ${mostBytes}.`, 'See what grew: unzip -lv out/sloop.vsix');
say(`${file}: ${(size / 1e6).toFixed(2)} MB in ${files.length} files, of at most ${mostBytes / 1e6} MB`);
