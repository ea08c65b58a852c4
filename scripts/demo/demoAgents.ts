import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { settingsFile } from '../../src/agents/settings/settingsFile.ts';
import { mockModelName, mockModelSettings } from '../../test/support/mockModel/settings.ts';
import { startMockModel } from '../../test/support/mockModel/mockModel.ts';
import { agentCliBin, installAgentClis } from '../installAgentClis.mjs';
import { harnessModel } from './harnessModel.ts';

export type DemoProvider = 'script' | 'claude' | 'codex';

/** What the demo's agents need: variables of the host's process, and what the loop is started with. */
export interface DemoAgents {
  readonly env: NodeJS.ProcessEnv;
  readonly start: { readonly provider: string; readonly script?: string; readonly model?: string };
  close(): Promise<void>;
}

const nothingToClose = () => Promise.resolve();

/**
 * Scripted agents play `harness.yaml`. A real agent CLI runs with the person's own login, or against a scripted
 * local model that needs none and no network.
 */
export async function prepareAgents(
  { provider, scriptedModel }: { provider: DemoProvider; scriptedModel: boolean },
  dataFolder: string,
  say: (text: string) => void,
): Promise<DemoAgents> {
  if (provider === 'script') {
    const script = path.join(import.meta.dirname, 'harness.yaml');
    return { env: {}, start: { provider, script }, close: nothingToClose };
  }
  if (!scriptedModel) return { env: {}, start: { provider }, close: nothingToClose };
  await installAgentClis(say, [provider]);
  const model = await startMockModel(harnessModel());
  const home = path.join(dataFolder, 'home');
  mkdirSync(home, { recursive: true });
  const settings = { providers: { [provider]: mockModelSettings(provider, model.url) } };
  writeFileSync(settingsFile(dataFolder), stringify(settings));
  say(`${provider} talks to a scripted model on this machine; no login is used.`);
  return {
    // A home of its own: neither the person's login nor their configuration is touched.
    env: { HOME: home, PATH: `${agentCliBin}${path.delimiter}${process.env['PATH'] ?? ''}` },
    start: { provider, model: mockModelName },
    close: () => model.close(),
  };
}
