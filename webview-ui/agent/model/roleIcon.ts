const icons: readonly (readonly [pattern: RegExp, icon: string])[] = [
  [/plan|design|architect|detail|refine/i, 'list-ordered'],
  [/review|check|judge|verif/i, 'eye'],
  [/research|search|explor|discuss/i, 'search'],
  [/test|qa/i, 'beaker'],
  [/merge/i, 'git-merge'],
  [/code|coder|develop|implement|build|fix|execute/i, 'code'],
];

/** The icon of a role, as the loop view draws its stages; any other gets the agent's. */
export const roleIcon = (role: string): string =>
  icons.find(([pattern]) => pattern.test(role))?.[1] ?? 'hubot';
