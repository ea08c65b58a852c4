import type { Secrets } from '../../domain/secrets/secrets.ts';

/** What a host does with secrets: surfaces store them. */
export type KeptSecrets = Pick<Secrets, 'get' | 'delete'>;

/** The variable that overrides one secret: `SLOOP_SECRET_` and its key. */
export const secretVariable = (key: string): string =>
  `SLOOP_SECRET_${key.replace(/\W/g, '_').toUpperCase()}`;

/** The environment's own value first, then each place in turn. What is deleted goes from all of them. */
export const layeredSecrets = (env: NodeJS.ProcessEnv, places: readonly KeptSecrets[]): KeptSecrets => ({
  async get(key) {
    const own = env[secretVariable(key)];
    if (own !== undefined) return own;
    for (const place of places) {
      const found = await place.get(key);
      if (found !== undefined) return found;
    }
    return undefined;
  },
  async delete(key) {
    for (const place of places) await place.delete(key);
  },
});
