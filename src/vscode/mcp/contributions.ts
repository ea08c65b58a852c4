import type { Contributions } from '../contributions.ts';

export const mcpProviderId = 'sloop.tools';

export const mcpContributions: Contributions = {
  mcpServerDefinitionProviders: [{ id: mcpProviderId, label: 'Sloop' }],
};
