/**
 * Who may import whom, as one table: ESLint and the contract test both read it.
 * A folder may import itself and the folders it lists; nothing else under src/.
 */
export const layers = {
  base: [],
  domain: ['base'],
  git: ['base'],
  store: ['base', 'domain'],
  operations: ['base', 'domain'],
  engine: ['base', 'domain', 'git', 'operations'],
  agents: ['base', 'domain', 'operations'],
  gateway: ['base', 'domain', 'operations', 'engine', 'agents'],
  protocol: ['base', 'domain', 'operations'],
  host: ['base', 'domain', 'git', 'store', 'operations', 'engine', 'agents', 'gateway', 'protocol'],
  cli: ['base', 'domain', 'git', 'operations', 'engine', 'agents', 'gateway', 'host'],
  vscode: ['base', 'domain', 'git', 'operations', 'engine', 'agents', 'gateway', 'host', 'protocol'],
};

/** What runs in a webview lives outside of src/ and sees these of its folders alone. */
export const webviewImports = ['protocol'];

/** `protocol` describes messages; it may look at these layers' types, never run their code. */
export const typeOnlyImporters = ['protocol'];

/** Packages that one layer alone may import. */
export const packageOwners = {
  vscode: ['vscode'],
  'sql.js': ['store'],
  'drizzle-orm': ['store'],
  '@trpc/server': ['gateway'],
  '@trpc/client': ['gateway'],
  '@modelcontextprotocol/sdk': ['gateway', 'agents'],
};

/** Pure layers: they get time, ids and rows handed in and never touch the machine. */
export const pureLayers = ['domain', 'operations'];
