import type { Contributions } from '../contributions.ts';

export const terminalContributions: Contributions = {};
