import type { Contributions } from '../contributions.ts';

export const loopContributions: Contributions = {};
