import { opencode } from '../../src/agents/providers/opencode.ts';
import type { ProviderWorld } from '../support/providerWorld.ts';
import { behavesAsAnAgent, isTested, openWorld, type Traits } from './realCli.ts';

const traits: Traits = {
  provider: opencode,
  exhausted: () => ({
    status: 429,
    type: 'insufficient_quota',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  }),
  // It waits until then by itself, and its log does not say so.
  tellsUntil: false,
  unknownSession: 'ses_0000000000000000000000000a',
  leavesCommands: true,
};

describe('opencode, the real program', () => {
  if (!isTested('opencode')) return;
  let world: ProviderWorld;
  beforeEach(async () => (world = await openWorld(traits)));
  afterEach(() => world.close());

  behavesAsAnAgent(traits, () => world);
});
