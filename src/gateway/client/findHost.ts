import path from 'node:path';
import { readGatewayFile, type GatewayAddress } from '../gatewayFile.ts';
import { dataFolder, type Environment } from './dataFolder.ts';
import { createRegistry } from './registry.ts';

/**
 * The folder of the store that a process in `folder` belongs to: `SLOOP_STORE` where Sloop started the process,
 * else what the registry knows of the folder.
 */
export function findStore(folder: string, env: Environment = process.env): string | undefined {
  const given = env['SLOOP_STORE'];
  if (given) return path.resolve(given);
  return createRegistry(dataFolder(env)).find(folder)?.storeDir;
}

/** The address of the owner, or undefined where none has left one. It may have died since. */
export function findHost(folder: string, env: Environment = process.env): GatewayAddress | undefined {
  const store = findStore(folder, env);
  return store === undefined ? undefined : readGatewayFile(store);
}
