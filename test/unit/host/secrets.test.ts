import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { credentialKey } from '../../../src/domain/secrets/secrets.ts';
import { createFileSecrets } from '../../../src/host/secrets/fileSecrets.ts';
import { layeredSecrets, secretVariable } from '../../../src/host/secrets/layeredSecrets.ts';

const key = credentialKey('abcdefghijkl' as never, 'ANTHROPIC_API_KEY');

describe('secrets in files', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-secrets-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = (): string => path.join(folder, 'secrets', key);

  it('are the user’s alone, replaced whole, and leave nothing beside them', async () => {
    const secrets = createFileSecrets(folder);
    assert.equal(await secrets.get(key), undefined);
    await secrets.set(key, 'one');
    await secrets.set(key, 'two');
    assert.equal(await secrets.get(key), 'two');
    assert.equal(statSync(file()).mode & 0o777, 0o600);
    assert.equal(statSync(path.dirname(file())).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(path.dirname(file())), [key]);
    await secrets.delete(key);
    await secrets.delete(key);
    assert.equal(await secrets.get(key), undefined);
  });

  it('are not used once others can read them', async () => {
    const secrets = createFileSecrets(folder);
    await secrets.set(key, 'one');
    chmodSync(file(), 0o640);
    await assert.rejects(secrets.get(key), /can be read by others.*chmod 600/);
  });

  it('have keys that are no paths', async () => {
    const secrets = createFileSecrets(folder);
    for (const bad of ['../outside', 'a/b', '.hidden', ''])
      await assert.rejects(async () => secrets.set(bad, 'x'), /no key of a secret/, bad);
  });
});

describe('secrets in layers', () => {
  const place = (values: Record<string, string>) => {
    const kept = new Map(Object.entries(values));
    return {
      kept,
      get: (name: string) => Promise.resolve(kept.get(name)),
      delete: (name: string) => Promise.resolve(void kept.delete(name)),
    };
  };

  it('are looked up in the environment first, then in each place in turn', async () => {
    const [first, second] = [place({ [key]: 'first' }), place({ [key]: 'second', other: 'there' })];
    assert.equal(secretVariable(key), 'SLOOP_SECRET_ACCOUNT_ABCDEFGHIJKL_ANTHROPIC_API_KEY');
    const own = layeredSecrets({ [secretVariable(key)]: 'own' }, [first, second]);
    assert.equal(await own.get(key), 'own');
    const secrets = layeredSecrets({}, [first, second]);
    assert.deepEqual([await secrets.get(key), await secrets.get('other')], ['first', 'there']);
    assert.equal(await secrets.get('nowhere'), undefined);
  });

  it('are deleted wherever they are', async () => {
    const places = [place({ [key]: '1' }), place({ [key]: '2' })];
    await layeredSecrets({}, places).delete(key);
    assert.deepEqual(
      places.map(({ kept }) => kept.size),
      [0, 0],
    );
  });
});
