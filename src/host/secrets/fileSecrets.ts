import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Secrets } from '../../domain/secrets/secrets.ts';

/**
 * One file of mode 0600 for each secret, in a folder of mode 0700 of the user's data folder. One file each, so that
 * two programs that write at once lose nothing of each other's.
 */
export function createFileSecrets(dataFolder: string): Secrets {
  const folder = path.join(dataFolder, 'secrets');
  const fileOf = (key: string): string => {
    if (!/^[\w.]+$/.test(key) || key.startsWith('.')) throw new Error(`${key} is no key of a secret.`);
    return path.join(folder, key);
  };
  return {
    async get(key) {
      const file = fileOf(key);
      try {
        await mustBePrivate(file);
        return await readFile(file, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async set(key, value) {
      const file = fileOf(key);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
      const next = `${file}.${randomBytes(6).toString('hex')}`;
      const handle = await open(next, 'wx', 0o600);
      try {
        await handle.writeFile(value);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(next, file);
    },
    delete: (key) => rm(fileOf(key), { force: true }),
  };
}

/** A file that others can read has told its secret already: it is not used as if it had not. */
async function mustBePrivate(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await stat(file);
  if ((mode & 0o077) === 0) return;
  throw new Error(
    `${file} can be read by others. Take their rights away (chmod 600), and change the secret.`,
  );
}
