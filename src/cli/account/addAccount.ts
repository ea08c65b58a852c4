import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { providerCatalog } from '../../agents/providers/catalog.ts';
import type { Provider } from '../../agents/providers/provider.ts';
import { scriptProvider } from '../../agents/providers/script.ts';
import { readUserSettings } from '../../agents/settings/userSettings.ts';
import { expectOk, Refused, type Result } from '../../base/result.ts';
import { accountId } from '../../domain/ids.ts';
import { credentialKey } from '../../domain/secrets/secrets.ts';
import { accountFolder } from '../../gateway/client/accountFolder.ts';
import { dataFolder } from '../../gateway/client/dataFolder.ts';
import { findHost } from '../../gateway/client/findHost.ts';
import { createHttpClient } from '../../gateway/client/httpClient.ts';
import { randomIds } from '../../host/ids.ts';
import { createFileSecrets } from '../../host/secrets/fileSecrets.ts';
import { exitCodes, UsageError } from '../exitCodes.ts';
import type { HeavyCommand } from '../heavyCommand.ts';
import type { Terminal } from '../terminal.ts';
import { readSecrets, SecretRefused } from './readSecret.ts';

const usage = 'Such as: sloop account add claude --label work. See: sloop account add --help';

/**
 * `sloop account add`: asks for the credentials, keeps them in files of the user's alone, then tells the host that
 * there is such an account. What the host refuses is not kept.
 */
export const addAccount: HeavyCommand = async (terminal, words) => {
  const { provider: name, label, kind, variables: named } = readOptions(words);
  const data = dataFolder(terminal.env);
  try {
    const settings = expectOk(readUserSettings(data));
    const provider = expectOk(expectOk(providerCatalog(settings.commands, [scriptProvider])).find(name));
    const variables = kind === 'environment' && named.length === 0 ? usualVariable(provider) : named;
    const account = accountId.parse(randomIds.next('account'));
    const secrets = createFileSecrets(data);
    const typed = kind === 'environment' ? await ask(terminal, variables) : new Map<string, string>();
    let known = false;
    try {
      for (const [variable, value] of typed) await secrets.set(credentialKey(account, variable), value);
      expectOk(await call(terminal, { provider: name, label, kind, variables, account }));
      known = true;
    } finally {
      if (!known) for (const variable of typed.keys()) await secrets.delete(credentialKey(account, variable));
    }
    terminal.out(`The account ${label} of ${name} is ${account}.\n`);
    if (kind === 'folder') terminal.out(await loginText(provider, accountFolder(data, account)));
    return exitCodes.done;
  } catch (error) {
    if (error instanceof SecretRefused) throw new UsageError(error.message, usage);
    if (!(error instanceof Refused)) throw error;
    terminal.err(`${error.refusal.message}\n${error.refusal.next}\n`);
    return exitCodes.refused;
  }
};

function usualVariable({ title, accounts: { variables } }: Provider): readonly string[] {
  const [first] = variables;
  if (first === undefined)
    throw new UsageError(`${title} takes no credential by a variable.`, 'Use --kind folder or --kind own.');
  return [first];
}

async function ask(terminal: Terminal, variables: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const typed = await readSecrets(variables, { stdin: process.stdin, ask: (text) => terminal.err(text) });
  for (const [name, value] of typed)
    if (value === '')
      throw new UsageError(
        `${name} is empty.`,
        'Type it, or give each variable as a line of standard input.',
      );
  return typed;
}

const call = (terminal: Terminal, input: unknown): Promise<Result<unknown>> =>
  createHttpClient({
    locate: () => findHost(terminal.cwd, terminal.env),
    surface: 'cli',
    token: terminal.env['SLOOP_TOKEN'],
  }).execute('account.add', input);

/** The CLI logs in by itself, in a folder of its own, once and by hand. */
async function loginText({ id, accounts }: Provider, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return `Log in to it once, in the folder that is its own:\n  ${accounts.folderVariable}='${folder}' ${id}\n`;
}

const kinds = ['environment', 'folder', 'own'] as const;

function readOptions(words: readonly string[]) {
  const { values, positionals } = parseStrictly(words);
  const [provider, ...rest] = positionals;
  const { label, variable: variables = [] } = values;
  const kind = kinds.find((known) => known === (values.kind ?? 'environment'));
  if (provider === undefined || rest.length > 0 || label === undefined)
    throw new UsageError('sloop account add needs a provider and a label.', usage);
  if (kind === undefined)
    throw new UsageError(`--kind ${values.kind} is none.`, `There are: ${kinds.join(', ')}.`);
  return { provider, label, kind, variables };
}

function parseStrictly(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        label: { type: 'string' },
        kind: { type: 'string' },
        variable: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), usage);
  }
}
