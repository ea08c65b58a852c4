import { chmod, mkdir } from 'node:fs/promises';
import { ok, refuse, type Result } from '../base/result.ts';
import type { Account } from '../domain/account/account.ts';
import { credentialKey } from '../domain/secrets/secrets.ts';
import { accountFolder } from '../gateway/client/accountFolder.ts';
import type { ProviderNames } from '../operations/operation.ts';
import { secretVariable, type KeptSecrets } from './secrets/layeredSecrets.ts';

export interface CredentialParts {
  readonly secrets: Pick<KeptSecrets, 'get'>;
  readonly providers: ProviderNames;
  readonly dataFolder: string;
}

/** Variables for the process of an agent that uses the account. The user's own login needs none. */
export async function credentialsOf(
  { secrets, providers, dataFolder }: CredentialParts,
  account: Account,
): Promise<Result<Readonly<Record<string, string>>>> {
  if (account.kind === 'environment') return variablesOf(secrets, account);
  const name = providers.accounts(account.provider)?.folderVariable;
  if (name === undefined)
    return refuse(
      'unavailable',
      `${account.provider} takes no configuration folder of an account any more.`,
      `Remove the account: sloop account remove ${account.id}.`,
    );
  const folder = accountFolder(dataFolder, account.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  return ok({ [name]: folder });
}

async function variablesOf(
  secrets: Pick<KeptSecrets, 'get'>,
  { id, label, provider, variables }: Account,
): Promise<Result<Readonly<Record<string, string>>>> {
  const found: Record<string, string> = {};
  for (const name of variables) {
    const key = credentialKey(id, name);
    const value = await secrets.get(key);
    if (value === undefined)
      return refuse(
        'unavailable',
        `The credential ${name} of the account ${label} of ${provider} is not here.`,
        `It may lie in the secret storage of an editor: have it own the workspace, set ${secretVariable(key)}, ` +
          `or add the account again: sloop account add ${provider} --label ${label}.`,
      );
    found[name] = value;
  }
  return ok(found);
}
