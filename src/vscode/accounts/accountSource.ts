import { expectOk } from '../../base/result.ts';
import type { Event } from '../../domain/event/event.ts';
import type { Client } from '../../operations/client.ts';
import { keyOf, top, type AccountRow, type Entity, type EntityPage } from '../trees/model/entity.ts';
import type { Touched, TreeSource } from '../trees/model/treeSource.ts';

const mostAccounts = 500;

/** Accounts by provider. A person has a handful of them, so all are read again when one changed. */
export class AccountSource implements TreeSource {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async page(parent: Entity | null): Promise<EntityPage> {
    const all = await this.#entities();
    const place = parent?.key ?? top;
    return { items: all.filter(({ places }) => places.includes(place)), more: 0, next: null };
  }

  async read(keys: readonly string[]): Promise<ReadonlyMap<string, Entity>> {
    const all = await this.#entities();
    return new Map(all.filter(({ key }) => keys.includes(key)).map((entity) => [entity.key, entity]));
  }

  touched(events: readonly Event[]): Touched {
    return { rows: [], everything: events.some(({ noun }) => noun === 'account') };
  }

  async #entities(): Promise<readonly Entity[]> {
    const { items } = expectOk(await this.#client.execute('account.list', { limit: mostAccounts }));
    const providers = [...new Set(items.map(({ provider }) => provider))].toSorted();
    return providers.flatMap((provider) => {
      const accounts = items.filter((one) => one.provider === provider);
      return [providerEntity(provider, accounts), ...accounts.map(accountEntity)];
    });
  }
}

const providerEntity = (provider: string, accounts: readonly AccountRow[]): Entity => ({
  key: keyOf('provider', provider),
  noun: 'provider',
  id: provider,
  row: { kind: 'provider', provider, accounts },
  places: [top],
  order: provider,
  toldBy: [],
  children: 'open',
});

const accountEntity = (account: AccountRow): Entity => ({
  key: keyOf('account', account.id),
  noun: 'account',
  id: account.id,
  row: { kind: 'account', account },
  places: [keyOf('provider', account.provider)],
  order: account.sortOrder,
  toldBy: [],
  children: 'none',
});
