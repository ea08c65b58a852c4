import { randomUUID } from 'node:crypto';
import { gemini } from '../../src/agents/providers/gemini.ts';
import type { ProviderWorld } from '../support/providerWorld.ts';
import { behavesAsAnAgent, isTested, openWorld, type Traits } from './realCli.ts';

const traits: Traits = {
  provider: gemini,
  exhausted: (resetsAt) => {
    const seconds = Math.round((resetsAt.getTime() - Date.now()) / 1000);
    return {
      status: 429,
      type: 'RESOURCE_EXHAUSTED',
      message: 'You exceeded your current quota, please check your plan and billing details.',
      more: {
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` }],
      },
    };
  },
  tellsUntil: true,
  unknownSession: randomUUID(),
  leavesCommands: true,
};

describe('Gemini CLI, the real program', () => {
  if (!isTested('gemini')) return;
  let world: ProviderWorld;
  beforeEach(async () => (world = await openWorld(traits)));
  afterEach(() => world.close());

  behavesAsAnAgent(traits, () => world);
});
