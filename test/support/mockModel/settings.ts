import type { ProviderSettings } from '../../../src/agents/providers/provider.ts';

/** What points a real CLI at the scripted model in place of its vendor: dummy keys, no login, no other traffic. */
export function mockModelSettings(provider: 'claude' | 'codex', url: string): ProviderSettings {
  if (provider === 'claude') {
    return {
      env: {
        ANTHROPIC_BASE_URL: url,
        ANTHROPIC_API_KEY: 'dummy',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      },
    };
  }
  const endpoint =
    `{ name = "scripted", base_url = "${url}/v1", env_key = "SCRIPTED_MODEL_KEY", wire_api = "responses", ` +
    'request_max_retries = 0, stream_max_retries = 0 }';
  return {
    extraArguments: ['-c', 'model_provider="scripted"', '-c', `model_providers.scripted=${endpoint}`],
    env: { SCRIPTED_MODEL_KEY: 'dummy' },
  };
}

/** A model name that no vendor has. Both CLIs take it with a warning. */
export const mockModelName = 'scripted-model';
