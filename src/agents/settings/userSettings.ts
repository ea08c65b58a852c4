import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { usualLimits, type AgentLimits } from '../../domain/dispatch/limits.ts';
import { checkedYaml } from '../catalog/checkedYaml.ts';
import { commandDefinition, type CommandDefinition } from '../providers/command.ts';
import type { ProviderSettings } from '../providers/provider.ts';
import { settingsFor, type RoleSettings } from './roleSettings.ts';
import { settingsFile } from './settingsFile.ts';

const providerSettings = z.strictObject({
  executable: z.string().min(1).optional().describe('Program to start in place of the usual one'),
  extraArguments: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  model: z.string().min(1).optional().describe('For agents whose start and role name none'),
  effort: z.string().min(1).optional(),
});
const roleSettings = providerSettings.extend({
  provider: z.string().min(1).optional().describe('Id of the provider, over what the role’s file says'),
});

const settings = z
  .strictObject({
    providers: z.record(z.string(), providerSettings).default({}).describe('By id of a shipped provider'),
    roles: z.record(z.string(), roleSettings).default({}).describe('By name of a role; over the providers’'),
    limits: z
      .strictObject({
        agents: z.number().int().positive().default(usualLimits.agents),
        providers: z.record(z.string(), z.number().int().positive()).default({}),
      })
      .optional()
      .describe('How many agents dispatch lets live at once, in all and by provider'),
    worktrees: z
      .strictObject({
        folder: z.string().min(1).optional().describe('Absolute path; beside the other data when left out'),
        commit: z
          .boolean()
          .default(true)
          .describe('Commit what an agent left uncommitted before its work is merged'),
      })
      .optional(),
    commands: z.array(commandDefinition).default([]).describe('Command lines as providers of their own'),
  })
  .nullable();

/** What a person has set up for agents on this machine. Never read from a workspace: it names programs to start. */
export interface UserSettings {
  readonly commands: readonly CommandDefinition[];
  readonly limits: AgentLimits;
  readonly worktrees: { readonly folder: string | null; readonly commit: boolean };
  readonly roles: Readonly<Record<string, RoleSettings>>;
  /** With the role's, where one is named, over the provider's. */
  providerSettings(provider: string, role?: string): ProviderSettings | undefined;
}

/** Reads the settings in the user's data folder; no file means none. A fault is refused with file, line and field. */
export function readUserSettings(dataFolder: string): Result<UserSettings> {
  const file = settingsFile(dataFolder);
  const checked = checkedYaml(textOf(file), settings, { file: path.basename(file) });
  if ('problems' in checked)
    return refuse('invalid', checked.problems.join('\n'), `Correct ${file}, or move it away.`);
  const { commands = [], providers = {}, roles = {}, limits, worktrees } = checked.value ?? {};
  return ok({
    commands,
    limits: limits === undefined ? usualLimits : { agents: limits.agents, perProvider: limits.providers },
    worktrees: { folder: worktrees?.folder ?? null, commit: worktrees?.commit ?? true },
    roles,
    providerSettings: (provider, role) =>
      settingsFor(provider, providers[provider], role === undefined ? undefined : roles[role]),
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
