import { defineConfig } from 'drizzle-kit';

// The agents' output file has migrations of its own: `npm run migration:logs -- --name what_it_does`.
// eslint-disable-next-line import-x/no-default-export -- drizzle-kit reads the default export
export default defineConfig({
  dialect: 'sqlite',
  casing: 'snake_case',
  schema: './src/store/schema/logs.ts',
  out: './src/store/logMigrations',
});
