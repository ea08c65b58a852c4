import { rm } from 'node:fs/promises';
import type { Logger } from '../base/logger.ts';
import { accountId, type AccountId } from '../domain/ids.ts';
import { credentialKey } from '../domain/secrets/secrets.ts';
import { accountFolder } from '../gateway/client/accountFolder.ts';
import type { Client } from '../operations/client.ts';
import type { KeptSecrets } from './secrets/layeredSecrets.ts';

export interface ForgetParts {
  readonly client: Client;
  readonly secrets: Pick<KeptSecrets, 'delete'>;
  readonly dataFolder: string;
  readonly logger: Logger;
}

/** Takes the credentials and the folder of an account away once its row is gone, whoever removed it. */
export function forgetAccounts({ client, secrets, dataFolder, logger }: ForgetParts): {
  /** Reacts to nothing any more; resolves when what is under way is done. */
  settle(): Promise<void>;
} {
  const underWay = new Set<Promise<void>>();

  async function forget(account: AccountId, variables: readonly string[]): Promise<void> {
    for (const name of variables) await secrets.delete(credentialKey(account, name));
    await rm(accountFolder(dataFolder, account), { recursive: true, force: true });
  }

  const subscription = client.onDidChange((events) => {
    for (const { noun, action, entityId, from } of events) {
      if (noun !== 'account' || action !== 'deleted') continue;
      const account = accountId.parse(entityId);
      const variables: unknown = from?.['variables'];
      const done = forget(account, Array.isArray(variables) ? variables.map(String) : [])
        .catch((error: unknown) =>
          logger.log('error', 'what belonged to an account could not be removed', { account, error }),
        )
        .finally(() => underWay.delete(done));
      underWay.add(done);
    }
  });

  return {
    async settle() {
      subscription.dispose();
      await Promise.all(underWay);
    },
  };
}
