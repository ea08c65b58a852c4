import type { Contributions } from '../contributions.ts';

export const reviewContributions: Contributions = {};
