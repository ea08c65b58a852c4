import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { logMigrations, migrations } from '../../src/store/migrations.ts';

describe('migrations', () => {
  for (const [folder, listed] of [
    ['src/store/migrations', migrations],
    ['src/store/logMigrations', logMigrations],
  ] as const) {
    it(`of ${folder} are all listed, in order, as they stand in the folder`, () => {
      const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
      assert.deepEqual(
        listed.map(({ name }) => `${name}.sql`),
        files.toSorted(),
      );
      for (const { name, sql } of listed) assert.equal(sql, readFileSync(`${folder}/${name}.sql`, 'utf8'));
    });
  }
});
