import { defineConfig } from 'drizzle-kit';

// `npm run migration -- --name what_it_does` writes the SQL; a person reads it before it is committed
// and lists it in src/store/migrations.ts. Sloop's own runner applies it (src/store/migrate.ts).
// eslint-disable-next-line import-x/no-default-export -- drizzle-kit reads the default export
export default defineConfig({
  dialect: 'sqlite',
  casing: 'snake_case',
  schema: [
    './src/store/schema/work.ts',
    './src/store/schema/account.ts',
    './src/store/schema/branches.ts',
    './src/store/schema/documents.ts',
    './src/store/schema/runs.ts',
    './src/store/schema/talk.ts',
  ],
  out: './src/store/migrations',
});
