// Made by esbuild.mjs from src/cli/operationTable.ts.
declare module 'sloop:operation-table' {
  export const version: string;
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports -- an ambient module cannot import by a relative name
  export const commands: readonly import('./commandTable.ts').Command[];
}
