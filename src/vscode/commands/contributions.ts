import type { Contributions } from '../contributions.ts';

export const commandContributions: Contributions = {};
