import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface Edit {
  readonly file: string;
  readonly write?: string | undefined;
  readonly append?: string | undefined;
  readonly replace?: string | undefined;
  readonly with?: string | undefined;
}

/** Changes one file within `folder`; nothing outside of it is touched. */
export async function editFile(folder: string, edit: Edit): Promise<void> {
  const file = path.resolve(folder, edit.file);
  if (!file.startsWith(path.resolve(folder) + path.sep))
    throw new Error(`${edit.file} is outside of the working folder.`);
  await mkdir(path.dirname(file), { recursive: true });
  if (edit.write !== undefined) return writeFile(file, edit.write);
  if (edit.append !== undefined) return appendFile(file, edit.append);
  const before = await readFile(file, 'utf8');
  const wanted = edit.replace ?? '';
  if (!before.includes(wanted)) throw new Error(`${edit.file} does not contain: ${wanted}`);
  // A function, so that `$&` and the like in the new text stay as they are.
  await writeFile(
    file,
    before.replace(wanted, () => edit.with ?? ''),
  );
}
