import type { ProviderSettings } from '../../../src/agents/providers/provider.ts';

/** The agent CLIs that are tested as they are. */
export const realProviders = ['claude', 'codex', 'gemini', 'copilot', 'opencode'] as const;
export type RealProvider = (typeof realProviders)[number];

/** A model name that no vendor has. The CLIs take it, some with a warning. */
export const mockModelName = 'scripted-model';

/** The same as the CLI wants it to be called: opencode names a model's vendor too. */
export const mockModelFor = (provider: string): string =>
  provider === 'opencode' ? `scripted/${mockModelName}` : mockModelName;

/** What points a real CLI at the scripted model in place of its vendor: dummy keys, no login, no other traffic. */
export function mockModelSettings(provider: RealProvider, url: string): ProviderSettings {
  switch (provider) {
    case 'claude':
      return {
        env: {
          ANTHROPIC_BASE_URL: url,
          ANTHROPIC_API_KEY: 'dummy',
          CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        },
      };
    case 'codex': {
      const endpoint =
        `{ name = "scripted", base_url = "${url}/v1", env_key = "SCRIPTED_MODEL_KEY", wire_api = "responses", ` +
        'request_max_retries = 0, stream_max_retries = 0 }';
      return {
        extraArguments: ['-c', 'model_provider="scripted"', '-c', `model_providers.scripted=${endpoint}`],
        env: { SCRIPTED_MODEL_KEY: 'dummy' },
      };
    }
    case 'gemini':
      return { env: { GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'dummy' } };
    case 'copilot':
      return {
        env: {
          COPILOT_OFFLINE: 'true',
          COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
          COPILOT_PROVIDER_API_KEY: 'dummy',
        },
      };
    case 'opencode':
      return {
        env: {
          SCRIPTED_MODEL_URL: `${url}/v1`,
          OPENCODE_DISABLE_MODELS_FETCH: '1',
          OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
          // At its first start, which each test has, it would fetch 95 MB for plugins that are not there.
          npm_config_registry: 'http://127.0.0.1:9',
          npm_config_fetch_retries: '0',
        },
      };
  }
}

/** Files of the person's own that the CLI must find in its home, beside what we hand it: they count too. */
export function homeFiles(provider: RealProvider): Readonly<Record<string, unknown>> {
  switch (provider) {
    case 'gemini':
      return {
        '.gemini/settings.json': {
          security: { auth: { selectedType: 'gemini-api-key' } },
          privacy: { usageStatisticsEnabled: false },
        },
      };
    case 'opencode': {
      const model = {
        name: mockModelName,
        tool_call: true,
        limit: { context: 100_000, output: 8000 },
      };
      return {
        '.config/opencode/opencode.json': {
          small_model: mockModelFor('opencode'),
          provider: {
            scripted: {
              npm: '@ai-sdk/openai-compatible',
              name: 'scripted',
              options: { baseURL: '{env:SCRIPTED_MODEL_URL}', apiKey: 'dummy' },
              models: { [mockModelName]: model },
            },
          },
        },
      };
    }
    default:
      return {};
  }
}
