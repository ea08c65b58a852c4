import { mkdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import { providerCatalog } from '../../agents/providers/catalog.ts';
import { resolveCommand } from '../../agents/providers/executable.ts';
import type { Provider } from '../../agents/providers/provider.ts';
import { readUserSettings } from '../../agents/settings/userSettings.ts';
import { expectOk } from '../../base/result.ts';
import { accountId, type AccountId } from '../../domain/ids.ts';
import { credentialKey } from '../../domain/secrets/secrets.ts';
import { accountFolder } from '../../gateway/client/accountFolder.ts';
import { dataFolder } from '../../gateway/client/dataFolder.ts';
import { randomIds } from '../../host/ids.ts';
import type { InputOf } from '../../operations/client.ts';
import type { EditorParts } from '../editorParts.ts';
import { warnIfRefused } from '../warnIfRefused.ts';
import { editorSecrets } from './editorSecrets.ts';

const title = (step: number): string => `Add an Account (step ${step})`;

/**
 * Asks which provider, how the account is handed over, and for its credential, unseen. The credential goes into the
 * editor's secret storage first; if the host then refuses the account, it goes from there again.
 */
export async function addAccount({ client, context }: EditorParts): Promise<void> {
  const provider = await chooseProvider();
  const way =
    provider === undefined
      ? undefined
      : await vscode.window.showQuickPick(waysOf(provider), {
          title: title(2),
          placeHolder: 'How is it handed to the agents?',
        });
  if (provider === undefined || way === undefined) return;
  const label = await vscode.window.showInputBox({
    title: title(3),
    prompt: `How do you tell this account of ${provider.title} from others?`,
    placeHolder: 'work',
    validateInput: (text) => (text.trim() === '' ? 'Give it a name.' : undefined),
  });
  if (label === undefined) return;
  const account = accountId.parse(randomIds.next('account'));
  const secrets = editorSecrets(context.secrets);
  const key = way.variable === null ? null : credentialKey(account, way.variable);
  const secret = way.variable === null ? null : await askSecret(provider, way.variable);
  if (secret === undefined) return;
  if (key !== null && secret !== null) await secrets.set(key, secret.trim());
  const input: InputOf<'account.add'> = {
    provider: provider.id,
    label: label.trim(),
    kind: way.how,
    variables: way.variable === null ? [] : [way.variable],
    account,
  };
  const added = await client.execute('account.add', input);
  if (!added.ok && key !== null) await secrets.delete(key);
  if (!warnIfRefused(added)) return;
  if (way.how === 'folder') await openLogin(provider, account, input.label);
  else void vscode.window.showInformationMessage(`${input.label} is an account of ${provider.title} now.`);
}

const catalog = () => {
  const settings = expectOk(readUserSettings(dataFolder()));
  return expectOk(providerCatalog(settings.commands));
};

async function chooseProvider(): Promise<Provider | undefined> {
  const picked = await vscode.window.showQuickPick(
    catalog()
      .list()
      .map((provider) => ({ label: provider.title, description: provider.id, provider })),
    { title: title(1), placeHolder: 'Whose account?' },
  );
  return picked?.provider;
}

interface Way extends vscode.QuickPickItem {
  readonly how: 'environment' | 'folder' | 'own';
  readonly variable: string | null;
}

/** The ways in which the provider's CLI takes an account. */
function waysOf({ title: name, accounts: { variables, folderVariable } }: Provider): readonly Way[] {
  const folder: Way = {
    label: 'A login of its own',
    detail: `${name} logs in once, in a configuration folder that is this account’s alone`,
    how: 'folder',
    variable: null,
  };
  return [
    ...variables.map((variable): Way => ({
      label: `A credential: ${variable}`,
      detail: 'Kept in the editor’s secret storage, handed to the agent’s process alone',
      how: 'environment',
      variable,
    })),
    ...(folderVariable === undefined ? [] : [folder]),
    {
      label: 'The login that it has',
      detail: 'The one you use yourself takes its turn with the others',
      how: 'own',
      variable: null,
    },
  ];
}

const askSecret = (provider: Provider, variable: string): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: title(4),
    prompt: `${variable} of ${provider.title}. It is kept in the editor’s secret storage.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Paste the credential.' : undefined),
  });

/** Opens a terminal in which the CLI logs in by itself; asks which account where none is named. */
export async function logInToAccount({ client }: EditorParts, id: string | undefined): Promise<void> {
  const listed = await client.execute('account.list', { limit: 500 });
  if (!warnIfRefused(listed) || !listed.ok) return;
  const ofFolder = listed.value.items.filter(({ kind }) => kind === 'folder');
  const named = ofFolder.find((account) => account.id === id);
  const chosen = named ?? (id === undefined ? await chooseAccount(ofFolder) : undefined);
  if (chosen === undefined) {
    if (id !== undefined || ofFolder.length === 0)
      void vscode.window.showInformationMessage(
        'Only an account with a login of its own is logged in to here: "Sloop: Add an Account…".',
      );
    return;
  }
  await openLogin(expectOk(catalog().find(chosen.provider)), chosen.id, chosen.label);
}

async function chooseAccount<T extends { readonly label: string; readonly provider: string }>(
  accounts: readonly T[],
): Promise<T | undefined> {
  if (accounts.length === 0) return undefined;
  const picked = await vscode.window.showQuickPick(
    accounts.map((account) => ({ label: account.label, description: account.provider, account })),
    { title: 'Log In to an Account', placeHolder: 'Which one?' },
  );
  return picked?.account;
}

/**
 * The CLI is the terminal's own process, so no shell is in between. The environment names a folder, which is no secret.
 */
async function openLogin(
  { id, title: name, install, accounts }: Provider,
  account: AccountId,
  label: string,
): Promise<void> {
  const folder = accountFolder(dataFolder(), account);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const variable = accounts.folderVariable;
  const program = expectOk(readUserSettings(dataFolder())).providerSettings(id)?.executable ?? id;
  const command = await resolveCommand([program], process.env);
  if (variable === undefined || command === undefined) {
    void vscode.window.showWarningMessage(`${name} cannot be started here to log in. ${install}`);
    return;
  }
  const [shellPath, ...shellArgs] = command;
  vscode.window
    .createTerminal({
      name: `Log in: ${label}`,
      shellPath,
      shellArgs,
      env: { [variable]: folder },
      iconPath: new vscode.ThemeIcon('sign-in'),
    })
    .show();
}
