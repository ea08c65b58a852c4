import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { agentNames } from '../agents/agentNames.ts';
import { createLoopCatalog } from '../agents/loops/loopCatalog.ts';
import { providerCatalog } from '../agents/providers/catalog.ts';
import { scriptProvider } from '../agents/providers/script.ts';
import { createRoleCatalog } from '../agents/roles/roleCatalog.ts';
import { rolesAsSet } from '../agents/settings/roleSettings.ts';
import type { UserSettings } from '../agents/settings/userSettings.ts';
import { instantOf, systemClock, type Instant } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { expectOk, ok, type Result } from '../base/result.ts';
import type { PersonCaller, Surface } from '../domain/caller.ts';
import { createChildProcessRunner } from '../engine/childProcessRunner.ts';
import { createEngine } from '../engine/createEngine.ts';
import type { Runner } from '../engine/runner.ts';
import { systemProcesses } from '../engine/processes.ts';
import { createSpool } from '../engine/spool.ts';
import { systemTimers } from '../engine/timers.ts';
import { createGateway } from '../gateway/createGateway.ts';
import { operations } from '../operations/all.ts';
import type { Client } from '../operations/client.ts';
import { createExecutor } from '../operations/execute.ts';
import type { Operation } from '../operations/operation.ts';
import { LogTable } from '../store/logTable.ts';
import { logMigrations, migrations } from '../store/migrations.ts';
import { openStore, type OpenReport } from '../store/openStore.ts';
import { createUnitOfWork } from '../store/unitOfWork.ts';
import { credentialsOf } from './accountCredentials.ts';
import { createFileSecrets } from './secrets/fileSecrets.ts';
import { layeredSecrets, type KeptSecrets } from './secrets/layeredSecrets.ts';
import { forgetAccounts } from './forgetAccounts.ts';
import { gitProbe } from './gitProbe.ts';
import { randomIds, randomTokens } from './ids.ts';
import { workFolders } from './workFolders.ts';
import { openPersonSession } from './personSession.ts';
import { providerNames } from './providerNames.ts';
import { createWorkMarker } from './workMarker.ts';

/** How the `sloop` command is started on this machine, without a shell. */
export interface SloopCommand {
  readonly command: string;
  readonly args: readonly string[];
}

export interface HostOptions {
  /** Root of the repository, or the workspace folder where there is none. */
  readonly workspace: string;
  /** Folder of the store; made where it is absent. */
  readonly storeDir: string;
  readonly sloop: SloopCommand;
  /** Environment of the agents' processes. */
  readonly env: NodeJS.ProcessEnv;
  /** What the person has set up for agents. */
  readonly settings: UserSettings;
  /** Where Sloop keeps what belongs to the user: worktrees and clones lie here unless the settings say else. */
  readonly dataFolder: string;
  readonly logger: Logger;
  readonly version: string;
  /** The editor window that the host lives in, if it does. */
  readonly window?: string;
  /** Where the editor keeps secrets, before those of the user's data folder. */
  readonly secrets?: KeptSecrets;
  /** Where agents run; as child processes of the host when left out. */
  readonly runner?: Runner;
}

/** A running Sloop: the store it owns, the engine that goes on with what is under way, the gateway in front. */
export interface Host {
  readonly url: string;
  readonly workspace: string;
  readonly storeDir: string;
  /** What happened when the store was opened: a migration, a restore and what it lost. */
  readonly opened: OpenReport;
  client(surface: Surface): Client;
  /** Ends cleanly: no new calls, those under way finish, the store is closed and given up. Agents go on. */
  close(): Promise<void>;
}

/**
 * Puts a host together, bottom up. Refused where the store cannot be had: another owner, a read-only folder,
 * newer data, damage without a backup.
 */
export async function createHost(options: HostOptions): Promise<Result<Host>> {
  const { workspace, storeDir, logger } = options;
  const opened = await openStore({
    dir: storeDir,
    migrations,
    logMigrations,
    clock: systemClock,
    logger: logger.child('store'),
  });
  if (!opened.ok) return opened;
  const store = opened.value;
  try {
    return ok(await compose(options, store));
  } catch (error) {
    await store.close();
    logger.log('error', 'the host could not start', { workspace, error });
    throw error;
  }
}

type OpenStore = Extract<Awaited<ReturnType<typeof openStore>>, { ok: true }>['value'];

async function compose(options: HostOptions, store: OpenStore): Promise<Host> {
  const { workspace, storeDir, logger } = options;
  const logs = new LogTable(store.logs);
  const unitOfWork = createUnitOfWork(store, logs, logger.child('store'));
  const table = operations as unknown as readonly Operation[];
  const files = createRoleCatalog({ workspaceRoot: workspace, operationIds: table.map(({ id }) => id) });
  const roles = rolesAsSet(files, options.settings.roles);
  const loops = createLoopCatalog({ workspaceRoot: workspace, roles });
  const providers = expectOk(providerCatalog(options.settings.commands, [scriptProvider]));
  for (const problem of [...roles.problems(), ...loops.problems()]) logger.log('warn', problem);

  const names = providerNames(providers);
  const executor = createExecutor({
    operations: table,
    store: unitOfWork,
    surroundings: {
      ids: randomIds,
      names: agentNames,
      tokens: randomTokens,
      roles,
      loops,
      providers: names,
      probe: gitProbe,
      logs,
      workspaceRoot: workspace,
      folders: workFolders(options),
      limits: options.settings.limits,
    },
    clock: systemClock,
    elapsed: () => performance.now(),
    logger: logger.child('operations'),
  });
  const sessionId = await openPersonSession(executor, unitOfWork, path.basename(workspace));
  await unitOfWork.write({ kind: 'all' }, (tables) => tables.request.forgetBefore(daysAgo(1)));
  const person: PersonCaller = {
    kind: 'person',
    name: 'person',
    sessionId,
    ...(options.window === undefined ? {} : { window: options.window }),
  };
  const secrets = layeredSecrets(options.env, [
    ...(options.secrets === undefined ? [] : [options.secrets]),
    createFileSecrets(options.dataFolder),
  ]);
  const gateway = await createGateway({
    credentials: (account) =>
      credentialsOf({ secrets, providers: names, dataFolder: options.dataFolder }, account),
    executor,
    operations: table,
    store: unitOfWork,
    roles,
    clock: systemClock,
    logger,
    personSession: () => sessionId,
    storeDir,
    workspace,
    version: options.version,
  });
  const client = executor.clientFor({ kind: 'system', name: 'engine' }, 'engine');
  const engine = createEngine({
    client,
    runner:
      options.runner ??
      createChildProcessRunner({
        ...options.sloop,
        env: { ...options.env, SLOOP_STORE: storeDir },
        folder: path.join(storeDir, 'runs'),
      }),
    processes: systemProcesses,
    windows: { has: (window) => gateway.hasWindow(window) },
    storeDir,
    spool: createSpool(
      path.join(storeDir, 'spool'),
      executor.clientFor({ kind: 'system', name: 'runner' }, 'runner'),
      logger.child('spool'),
    ),
    git: {
      environment: options.env,
      folders: workFolders(options),
      commit: options.settings.worktrees.commit,
    },
    clock: systemClock,
    timers: systemTimers,
    logger: logger.child('engine'),
  });
  // Not waited for: the gateway answers meanwhile, and agents that outlived the last host find it at once.
  void engine.reconcile();
  const marker = createWorkMarker({ client, storeDir, logger });
  const forgetting = forgetAccounts({ client, secrets, dataFolder: options.dataFolder, logger });

  return {
    url: gateway.url,
    workspace,
    storeDir,
    opened: store.opened,
    client: (surface) => executor.clientFor(person, surface),
    async close() {
      await gateway.close();
      await engine.stop();
      await marker.settle();
      await forgetting.settle();
      executor.dispose();
      await store.close();
      logger.log('info', 'closed', { workspace });
    },
  };
}

/** A request is repeated within seconds or never; a day is generous. */
const daysAgo = (days: number): Instant => instantOf(Date.now() - days * 24 * 60 * 60 * 1000);
