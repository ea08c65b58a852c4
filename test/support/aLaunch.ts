import type { LaunchRequest } from '../../src/agents/providers/provider.ts';

/** A launch request with everything that a test does not mention. */
export const aLaunch = (overrides: Partial<LaunchRequest> = {}): LaunchRequest => ({
  form: 'streamed',
  prompt: 'Fix the greeting.',
  systemPrompt: 'You are the coder.',
  workingFolder: '/repository',
  privateFolder: '/private/brave-otter',
  access: 'full',
  limits: {},
  session: { kind: 'new', id: '0b9f6f0e-5c0a-4d52-9f0c-0a1f4f4f8a11' },
  bridge: {
    command: '/usr/bin/node',
    args: ['sloop.cjs', 'mcp'],
    env: { SLOOP_WORKSPACE: '/repository' },
    secretEnv: { SLOOP_TOKEN: 'secret-token' },
  },
  tools: ['report', 'stage_finish'],
  environment: { PATH: '/usr/bin' },
  ...overrides,
});
