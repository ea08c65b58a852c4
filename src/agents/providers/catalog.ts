import { ok, refuse, type Result } from '../../base/result.ts';
import { aider } from './aider.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { commandProvider, type CommandDefinition } from './command.ts';
import { copilot } from './copilot.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';
import type { Provider } from './provider.ts';

/** Those that come with Sloop, in the order in which they are offered. */
const shipped: readonly Provider[] = [claude, codex, gemini, copilot, opencode, aider];

/** Which agent CLIs can be started here. */
export interface ProviderCatalog {
  list(): readonly Provider[];
  find(id: string): Result<Provider>;
}

/**
 * The shipped providers, `more` (such as the built-in scripted agent), and a person's own command lines.
 * Two of one id are refused: which of them would run must never depend on an order.
 */
export function providerCatalog(
  commands: readonly CommandDefinition[],
  more: readonly Provider[] = [],
): Result<ProviderCatalog> {
  const all = [...shipped, ...more, ...commands.map(commandProvider)];
  const byId = new Map(all.map((provider) => [provider.id, provider]));
  if (byId.size < all.length) {
    const taken = all.find((provider) => byId.get(provider.id) !== provider)?.id;
    return refuse('conflict', `There are two providers with the id ${taken}.`, 'Rename one in the settings.');
  }
  return ok({
    list: () => all,
    find(id) {
      const provider = byId.get(id);
      if (provider !== undefined) return ok(provider);
      const known = all.map((one) => one.id).join(', ');
      return refuse('missing', `There is no provider ${id}.`, `Choose one of ${known}.`);
    },
  });
}
