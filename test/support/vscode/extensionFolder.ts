import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { once } from '../once.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** A folder under out/ for this process alone, gone when it ends. */
export const ownOutFolder = once(() => {
  const folder = path.join(root, 'out', `editor-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
});

/**
 * The extension as it is installed: manifest, bundles, pictures. Built once per process into a folder of its own;
 * SLOOP_EXTENSION names one that was built before.
 */
export const extensionFolder = once(() => {
  const given = process.env['SLOOP_EXTENSION'];
  if (given !== undefined) return path.resolve(given);
  const folder = path.join(ownOutFolder(), 'extension');
  buildExtension(folder);
  return folder;
});

/** The extension as the one file that people install. */
export const extensionFile = once(() => {
  const file = path.join(ownOutFolder(), 'sloop.vsix');
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  execFileSync(process.execPath, [vsce, 'package', ...options, '--out', file], {
    cwd: extensionFolder(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return file;
});

/** Builds the extension into `folder`, which then can be installed. */
export function buildExtension(folder: string): void {
  execFileSync(process.execPath, ['esbuild.mjs', '--out', path.join(folder, 'dist')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const name of ['package.json', 'media', 'README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore'])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
}
