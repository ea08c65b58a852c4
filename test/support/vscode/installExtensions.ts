import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Puts extensions where the editor looks for them, with the list that it keeps of them itself. What
 * `--install-extension` does with a .vsix, without a process that takes seconds.
 */
export function installExtensions(extensionsDir: string, folders: readonly string[]): void {
  mkdirSync(extensionsDir, { recursive: true });
  const installed = folders.map((folder) => {
    const { publisher, name, version } = JSON.parse(
      readFileSync(path.join(folder, 'package.json'), 'utf8'),
    ) as { publisher: string; name: string; version: string };
    const relativeLocation = `${publisher}.${name}-${version}`;
    const location = path.join(extensionsDir, relativeLocation);
    cpSync(folder, location, { recursive: true });
    return {
      identifier: { id: `${publisher}.${name}` },
      version,
      location: { $mid: 1, path: location, scheme: 'file' },
      relativeLocation,
    };
  });
  writeFileSync(path.join(extensionsDir, 'extensions.json'), JSON.stringify(installed));
}
