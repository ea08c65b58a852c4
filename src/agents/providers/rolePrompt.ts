import type { LaunchRequest } from './provider.ts';

/** The prompt with the role's at its head, for CLIs that have no place to add to their system prompt. */
export const withRole = ({ systemPrompt, prompt }: Pick<LaunchRequest, 'systemPrompt' | 'prompt'>): string =>
  systemPrompt === '' ? prompt : `${systemPrompt}\n\n${prompt}`;
