import { randomUUID } from 'node:crypto';
import { resolveCommand } from '../../agents/providers/executable.ts';
import type { LaunchPlan, Provider, ProviderSettings } from '../../agents/providers/provider.ts';
import { expectOk, refuseNow } from '../../base/result.ts';
import { doTool, findTool, toolName } from '../../gateway/mcp/toolList.ts';
import type { ClaimedLaunch } from '../../operations/agent/claimLaunch.ts';
import { agentEnvironment, agentVariables } from './agentEnvironment.ts';
import { withAccount, type Credentials } from './accountEnvironment.ts';
import { worktreeVariables } from '../../git/agentGitSettings.ts';
import { gitFolders } from './git.ts';
import type { PrivateFolder } from './privateFolder.ts';
import { sloopEnvironment } from './sloopCommand.ts';

export interface PrepareParts {
  readonly provider: Provider;
  readonly settings: ProviderSettings | undefined;
  readonly folder: PrivateFolder;
  /** Of the account that the launch was given; none for the CLI's own login. */
  readonly credentials: Credentials;
  readonly storeDir: string;
  /** Program and arguments that start this very `sloop`. */
  readonly sloop: readonly [string, ...string[]];
  readonly environment: NodeJS.ProcessEnv;
}

/** What to start, with everything it needs in place. */
export interface Prepared {
  readonly plan: LaunchPlan;
  readonly command: readonly [string, ...string[]];
  readonly environment: NodeJS.ProcessEnv;
}

/** Asks the provider how to start the agent and writes what its process will read. Throws `Refused`. */
export async function prepareLaunch(launch: ClaimedLaunch, parts: PrepareParts): Promise<Prepared> {
  const { provider, settings, folder, storeDir, sloop, credentials } = parts;
  const variables = agentVariables(launch, storeDir);
  const environment = withAccount(
    {
      ...agentEnvironment(parts.environment, variables, folder.commandFolder),
      ...worktreeVariables(launch.workingFolder),
    },
    provider.accounts,
    credentials,
  );
  const [command, ...args] = sloop;
  const { agent, limits, resume } = launch;
  const secretEnv = { SLOOP_TOKEN: launch.token };
  const plan = expectOk(
    provider.launch({
      form: agent.form,
      prompt: launch.prompt,
      systemPrompt: launch.systemPrompt,
      workingFolder: launch.workingFolder,
      privateFolder: folder.path,
      access: launch.access,
      model: agent.model ?? settings?.model,
      effort: agent.effort ?? settings?.effort,
      // Codex keeps `.git` from its shell unless it is named, and then hooks can be written too: who may change
      // all of the code may change those.
      writableFolders: launch.access === 'full' ? await gitFolders(launch.workingFolder, environment) : [],
      limits: { turns: limits.turns ?? undefined, costUsd: limits.costUsd ?? undefined },
      session: resume === null ? { kind: 'new', id: randomUUID() } : { kind: 'resume', id: resume },
      bridge: {
        command,
        args: [...args, 'mcp'],
        env: { ...variables, ...sloopEnvironment(parts.environment) },
        secretEnv,
      },
      tools: [...launch.tools.map(toolName), findTool, doTool],
      settings,
      environment,
    }),
  );
  await folder.write(plan.files);
  // The token last, whatever the plan says: the `sloop` command on the PATH needs it too.
  const hooks = { SLOOP_HOOKS: folder.path };
  const whole: NodeJS.ProcessEnv = {
    ...withAccount({ ...environment, ...plan.environment }, provider.accounts, credentials),
    ...secretEnv,
    ...hooks,
  };
  for (const name of plan.unset) delete whole[name];
  const resolved = await resolveCommand(plan.argv, whole, provider.nativeOf);
  if (resolved === undefined) return refuseAbsent(provider, plan, whole, settings);
  return { plan, command: resolved, environment: whole };
}

/** The provider is only asked why its program is missing, not before each start: asking starts a process too. */
async function refuseAbsent(
  provider: Provider,
  plan: LaunchPlan,
  environment: NodeJS.ProcessEnv,
  settings: ProviderSettings | undefined,
): Promise<never> {
  const detection = await provider.detect(environment, settings);
  if (detection.found)
    return refuseNow(
      'unavailable',
      `${provider.title}: ${plan.argv[0]} cannot be started.`,
      provider.install,
    );
  return refuseNow('unavailable', detection.reason, detection.next);
}
