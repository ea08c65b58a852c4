import { buildSync } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { once } from '../once.ts';
import { ownOutFolder } from './extensionFolder.ts';

const manifest = {
  name: 'control',
  publisher: 'sloop-test',
  version: '1.0.0',
  engines: { vscode: '^1.125.0' },
  main: './main.cjs',
  activationEvents: ['onStartupFinished'],
  extensionKind: ['workspace'],
  capabilities: { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true },
};

/** The extension by which tests reach into extension hosts; built once per process. */
export const controlExtension = once(() => {
  const folder = path.join(ownOutFolder(), 'control');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  bundleForHost({ main: path.join(import.meta.dirname, 'insideHost.ts') }, folder);
  return folder;
});

/** Bundles sources to what an extension host loads. */
export function bundleForHost(entryPoints: Record<string, string>, outdir: string): void {
  buildSync({
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
    loader: { '.md': 'text', '.sql': 'text', '.yaml': 'text' },
    define: { 'import.meta.dirname': '__dirname' },
  });
}
