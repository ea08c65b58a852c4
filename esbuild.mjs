import { build, context } from 'esbuild';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundledLicences, copiedPackages } from './scripts/bundledLicences.mjs';

const require = createRequire(import.meta.url);
const watch = process.argv.includes('--watch');
/** Tests build into a folder of their own, so that nobody's build pulls the rug from under them. */
const outIndex = process.argv.indexOf('--out');
const out = outIndex === -1 ? 'dist' : (process.argv[outIndex + 1] ?? 'dist');

/** zod brings its messages in 50 languages, a quarter megabyte; Sloop speaks one of them. */
const onlyEnglish = {
  name: 'only-english',
  setup(builder) {
    builder.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};

/** What all bundles have in common. */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'linked',
  minify: true,
  keepNames: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.md': 'text', '.sql': 'text', '.yaml': 'text' },
  plugins: [onlyEnglish],
  // ESM-only packages read import.meta.url; in a CommonJS bundle it is the bundle's own file.
  define: { 'import.meta.url': 'bundleUrl', 'import.meta.dirname': '__dirname' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/**
 * The CLI's hot path must not parse what it does not use: each command of src/cli/heavyCommands.ts is a module of
 * its own, and the light one loads it only when it is called. So are threads.
 */
const heavyModules = [
  'cli/account/addAccount',
  'cli/artifactDiff',
  'cli/mcp/bridgeCommand',
  'cli/proposalDiff',
  'cli/run/runCommand',
  'cli/run/scriptAgentCommand',
  'cli/serve/serve',
  'cli/watch',
  'host/hostWorker',
  'store/integrityWorker',
  'vscode/commands/operationByHand',
];

/** What the extension loads only when it is used. These import `vscode`, which VS Code gives to CommonJS alone. */
const editorParts = [
  'agent/agentPanels',
  'credentials/accountDialogs',
  'diffs/gitFiles',
  'loop/loopPanels',
  'review/reviewPanels',
];

const heavyIsApart = {
  name: 'heavy-is-apart',
  setup(builder) {
    builder.onResolve({ filter: /\.ts$/ }, ({ kind, path: file }) => {
      if (kind !== 'dynamic-import') return undefined;
      const name = path.basename(file, '.ts');
      const extension = editorParts.some((part) => path.basename(part) === name) ? 'cjs' : 'mjs';
      return { path: `./${name}.${extension}`, external: true };
    });
  },
};

/** Heavy modules share most of what they load: it lies in chunks that all of them use. */
const heavy = {
  ...common,
  format: 'esm',
  splitting: true,
  define: {},
  // CommonJS packages inside of a module find what they expect.
  banner: {
    js: [
      "import { createRequire as requireOf } from 'node:module';",
      'const require = requireOf(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;',
    ].join(''),
  },
  entryPoints: heavyModules.map((name) => `src/${name}.ts`),
  entryNames: '[name]',
  chunkNames: 'shared-[hash]',
  outExtension: { '.js': '.mjs' },
  outdir: out,
};

/** `sloop:operation-table` is what the CLI knows of operations without loading them: words, fields, help. */
const operationTable = {
  name: 'operation-table',
  setup(builder) {
    builder.onResolve({ filter: /^sloop:operation-table$/ }, () => ({ path: 'table', namespace: 'sloop' }));
    builder.onLoad({ filter: /.*/, namespace: 'sloop' }, async () => ({
      contents: JSON.stringify(await deriveTable()),
      loader: 'json',
    }));
  },
};

async function deriveTable() {
  const outfile = path.resolve(`out/operationTable-${process.pid}.mjs`);
  await build({
    ...common,
    format: 'esm',
    define: {},
    banner: {},
    minify: false,
    sourcemap: false,
    packages: 'external',
    legalComments: 'none',
    entryPoints: ['src/cli/operationTable.ts'],
    outfile,
  });
  const { operationTable: derive } = await import(`${pathToFileURL(outfile).href}?${Date.now()}`);
  await rm(outfile);
  return derive();
}

// The light one comes last: it is the mark of a whole build.
const bundles = [
  ...['extension', ...editorParts].map((name) => ({
    entryPoints: [`src/vscode/${name}.ts`],
    outfile: `${out}/${path.basename(name)}.cjs`,
    external: ['vscode'],
    plugins: [onlyEnglish, heavyIsApart],
  })),
  {
    entryPoints: ['src/cli/main.ts'],
    outfile: `${out}/sloop.cjs`,
    plugins: [onlyEnglish, heavyIsApart, operationTable],
    banner: { js: `#!/usr/bin/env node\n${common.banner.js}` },
  },
];

/** What runs in webviews: modules of a browser, with what two views share in chunks of its own. */
const webviews = {
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  splitting: true,
  sourcemap: 'linked',
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  entryNames: '[dir]',
  chunkNames: 'shared-[hash]',
  outbase: 'webview-ui',
  outdir: `${out}/webviews`,
  entryPoints: ['review', 'loop', 'agent'].map((view) => `webview-ui/${view}/main.ts`),
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await copyFile(require.resolve('sql.js/dist/sql-wasm.wasm'), `${out}/sql-wasm.wasm`);
const metafiles = copiedPackages(['sql.js']);
for (const options of [webviews, heavy, ...bundles.map((bundle) => ({ ...common, ...bundle }))]) {
  if (watch) await (await context(options)).watch();
  else metafiles.push((await build(options)).metafile);
}
if (!watch) await writeFile(`${out}/LICENSES.txt`, bundledLicences(metafiles));
