// `npm run bench`: the figures to hold, measured. `npm run bench -- engine cli` measures only those groups.
import { spawnSync } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackages, root, run, say } from './setUp.mjs';

ensurePackages();
ensureNative();
say('building (esbuild)');
run(process.execPath, ['esbuild.mjs', '--out', path.join(root, 'out', 'bench', 'sloop')]);

const { build } = await import('esbuild');
const out = path.join(root, 'out', 'bench', 'code');
// Bundled like the product: what is measured is the code that ships, not a type stripper's idea of it.
const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  sourcemap: 'linked',
  minify: true,
  keepNames: true,
  logLevel: 'warning',
  loader: { '.md': 'text', '.sql': 'text', '.yaml': 'text' },
  outdir: out,
};
await build({
  ...options,
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  packages: 'external',
  entryPoints: [
    'test/bench/main.ts',
    'test/bench/memoryChild.ts',
    'test/bench/agentReporter.ts',
    'src/store/integrityWorker.ts',
  ],
  entryNames: '[name]',
});
// The worker's start is measured, so it is bundled whole, as the product's is.
await build({
  ...options,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  entryPoints: { storeWorker: 'test/bench/storeWorker.ts', integrityWorker: 'src/store/integrityWorker.ts' },
});
await copyFile(path.join(root, 'out/bench/sloop/sql-wasm.wasm'), path.join(out, 'sql-wasm.wasm'));
run(process.execPath, ['--enable-source-maps', path.join(out, 'main.mjs'), ...process.argv.slice(2)]);

/** The yardstick compiles for minutes and is nobody's dependency: it has a folder of its own and may be absent. */
function ensureNative() {
  const folder = path.join(root, 'test', 'bench', 'native');
  const loads = spawnSync(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:')"], {
    cwd: folder,
  });
  if (loads.status === 0) return;
  say('building better-sqlite3 from source, once (some minutes)');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(
    npm,
    ['ci', '--build-from-source', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' },
  );
  if (status !== 0)
    say('better-sqlite3 could not be built (it needs a C++ compiler and Python): its rows say so');
}
