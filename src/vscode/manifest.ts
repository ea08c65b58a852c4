import { accountContributions } from './accounts/contributions.ts';
import { baseContributions } from './baseContributions.ts';
import { diffContributions } from './diffs/contributions.ts';
import { dispatchContributions } from './dispatch/contributions.ts';
import { mergeContributions } from './merges/contributions.ts';
import { credentialContributions } from './credentials/contributions.ts';
import { loopContributions } from './loop/contributions.ts';
import { reviewContributions } from './review/contributions.ts';
import { commandContributions } from './commands/contributions.ts';
import { mcpContributions } from './mcp/contributions.ts';
import { settingsContributions } from './settings/contributions.ts';
import { terminalContributions } from './terminals/contributions.ts';
import { treeContributions } from './trees/contributions.ts';
import { walkthroughContributions } from './walkthrough/contributions.ts';
import type { Contributions } from './contributions.ts';

const areas: readonly Contributions[] = [
  baseContributions,
  treeContributions,
  mergeContributions,
  accountContributions,
  dispatchContributions,
  diffContributions,
  commandContributions,
  reviewContributions,
  loopContributions,
  credentialContributions,
  terminalContributions,
  settingsContributions,
  walkthroughContributions,
  mcpContributions,
];

/** What stands in package.json's `contributes`: the areas' pieces, put together. `npm run manifest` writes it. */
export function manifestContributions(): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const area of areas)
    for (const [point, value] of Object.entries(area)) whole[point] = joined(whole[point], value);
  return whole;
}

/** Lists are put one after the other, records point by point. */
function joined(before: unknown, more: unknown): unknown {
  if (before === undefined) return more;
  if (Array.isArray(before) && Array.isArray(more)) return [...(before as unknown[]), ...(more as unknown[])];
  const record = { ...(before as Record<string, unknown>) };
  for (const [name, value] of Object.entries(more as Record<string, unknown>))
    record[name] = joined(record[name], value);
  return record;
}
