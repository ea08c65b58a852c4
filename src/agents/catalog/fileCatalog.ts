import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Checked } from './checkedYaml.ts';

/** A file as it was read, or as the build inlined it. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

export interface FileCatalogParts<T> {
  readonly shipped: readonly T[];
  /** Folder of the workspace whose files come on top; it need not exist. */
  readonly folder: string;
  /** How `folder` is called in problems. */
  readonly folderName: string;
  readonly extensions: readonly string[];
  readonly read: (file: TextFile) => Checked<T>;
}

/** Named things that are files: shipped ones, overridden by the workspace's of the same name. */
export interface FileCatalog<T> {
  list(): readonly T[];
  find(name: string): T | undefined;
  problems(): readonly string[];
}

/**
 * Looks at the folder's file times whenever it is used and reads again only when they changed, so that an edited
 * file holds at once and nobody has to watch the folder. A broken file is a problem, never fatal: what it would
 * have overridden holds.
 */
export function createFileCatalog<T extends { readonly name: string }>(
  parts: FileCatalogParts<T>,
): FileCatalog<T> {
  let state = { seen: '', ...read([]) };

  function read(files: readonly TextFile[]) {
    const byName = new Map(parts.shipped.map((item) => [item.name, item]));
    const definedBy = new Map<string, string>();
    const problems: string[] = [];
    for (const file of files) {
      const checked = parts.read(file);
      if ('problems' in checked) problems.push(...checked.problems);
      else if (definedBy.has(checked.value.name))
        problems.push(
          `${file.file}:1 ${checked.value.name} is defined in ${definedBy.get(checked.value.name)} already`,
        );
      else {
        definedBy.set(checked.value.name, file.file);
        byName.set(checked.value.name, checked.value);
      }
    }
    return { byName, problems };
  }

  function current() {
    const found = filesIn(parts.folder, parts.extensions);
    const seen = found.map(({ name, stamp }) => `${name} ${stamp}`).join('\n');
    if (seen !== state.seen) {
      const files = found.flatMap(({ name }) => textOf(parts, name) ?? []);
      state = { seen, ...read(files) };
    }
    return state;
  }

  return {
    list: () => [...current().byName.values()],
    find: (name) => current().byName.get(name),
    problems: () => current().problems,
  };
}

function filesIn(folder: string, extensions: readonly string[]) {
  return gone(() => readdirSync(folder), [])
    .filter((name) => extensions.includes(path.extname(name)))
    .sort()
    .flatMap((name) => {
      const stat = gone(() => statSync(path.join(folder, name)), undefined);
      return stat?.isFile() === true ? [{ name, stamp: `${stat.mtimeMs} ${stat.size}` }] : [];
    });
}

/** The file's text, unless it was removed just now. */
function textOf(parts: Pick<FileCatalogParts<unknown>, 'folder' | 'folderName'>, name: string) {
  const text = gone(() => readFileSync(path.join(parts.folder, name), 'utf8'), undefined);
  return text === undefined ? undefined : { file: `${parts.folderName}/${name}`, text };
}

function gone<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return otherwise;
    throw error;
  }
}
