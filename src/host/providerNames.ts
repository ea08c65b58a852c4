import type { ProviderCatalog } from '../agents/providers/catalog.ts';
import type { ProviderNames } from '../operations/operation.ts';

/** What operations know of the providers. */
export const providerNames = (catalog: ProviderCatalog): ProviderNames => ({
  list: () => catalog.list().map(({ id }) => id),
  accounts(id) {
    const found = catalog.find(id);
    if (!found.ok) return undefined;
    const { accounts, resumesAcrossAccounts } = found.value;
    return { ...accounts, resumesAcrossAccounts };
  },
});
