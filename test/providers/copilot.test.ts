import { randomUUID } from 'node:crypto';
import { copilot } from '../../src/agents/providers/copilot.ts';
import type { ProviderWorld } from '../support/providerWorld.ts';
import { behavesAsAnAgent, isTested, openWorld, type Traits } from './realCli.ts';

const traits: Traits = {
  provider: copilot,
  // GitHub's own words; what an endpoint says in a header is not passed on.
  exhausted: (resetsAt) => ({
    status: 429,
    type: 'user_global_rate_limited',
    message:
      'Sorry, you’ve hit a rate limit that restricts the number of Copilot model requests you can make within a ' +
      `specific time period. Please try again in ${Math.round((resetsAt.getTime() - Date.now()) / 60_000)} minutes.`,
  }),
  tellsUntil: true,
  unknownSession: randomUUID(),
};

describe('GitHub Copilot CLI, the real program', () => {
  if (!isTested('copilot')) return;
  let world: ProviderWorld;
  beforeEach(async () => (world = await openWorld(traits)));
  afterEach(() => world.close());

  behavesAsAnAgent(traits, () => world);
});
