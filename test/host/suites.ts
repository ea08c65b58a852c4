import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { once } from '../support/once.ts';
import { bundleForHost } from '../support/vscode/controlExtension.ts';
import { ownOutFolder } from '../support/vscode/extensionFolder.ts';
import type { worlds } from './worlds.ts';

export type SuiteName = keyof typeof worlds;

/** Mocha as an extension host can import it. */
export const mochaPath = pathToFileURL(
  path.resolve(import.meta.dirname, '../../node_modules/mocha/index.js'),
).href;

const out = () => path.join(ownOutFolder(), 'suites');

/** What runs suites in an extension host, bundled. */
export const runner = once(() => {
  bundleForHost({ runInside: path.join(import.meta.dirname, 'runInside.ts') }, out());
  return path.join(out(), 'runInside.cjs');
});

/** The suites of one world, bundled; the folder that they then lie in. */
export function bundledSuites(name: SuiteName): string {
  const source = path.join(import.meta.dirname, name);
  const files = readdirSync(source).filter((file) => file.endsWith('.test.ts'));
  bundleForHost(
    Object.fromEntries(files.map((file) => [file.slice(0, -'.ts'.length), path.join(source, file)])),
    path.join(out(), name),
  );
  return path.join(out(), name);
}
