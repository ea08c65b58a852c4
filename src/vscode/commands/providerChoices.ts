import { providerCatalog } from '../../agents/providers/catalog.ts';
import { scriptProvider } from '../../agents/providers/script.ts';
import { readUserSettings } from '../../agents/settings/userSettings.ts';
import { expectOk } from '../../base/result.ts';
import { dataFolder } from '../../gateway/client/dataFolder.ts';
import type { Choice } from './prompter.ts';

/** The agent CLIs that can be started, those that are on this machine first; the others say what is missing. */
export async function providerChoices(): Promise<readonly Choice[]> {
  const settings = expectOk(readUserSettings(dataFolder()));
  const providers = expectOk(providerCatalog(settings.commands, [scriptProvider])).list();
  const looked = await Promise.all(
    providers.map(async (provider): Promise<Choice & { found: boolean }> => {
      const { id, title } = provider;
      const detection = await provider.detect(process.env, settings.providerSettings(id));
      const found = detection.found;
      const description = found ? (detection.version ?? '') : 'not found';
      return { label: title, value: id, found, description, ...(found ? {} : { detail: detection.next }) };
    }),
  );
  return looked.toSorted((a, b) => Number(b.found) - Number(a.found));
}
