import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How the owner of a store is reached, kept beside it with mode 0600 while the owner lives. */
export interface GatewayAddress {
  readonly url: string;
  /** The person's token. It is new at each start, so an old file gives nothing away. */
  readonly token: string;
  readonly pid: number;
  readonly version: string;
  readonly workspace: string;
}

export const gatewayFilePath = (storeDir: string): string => path.join(storeDir, 'gateway.json');

/** Puts the file in place whole: a reader sees the old one or the new one, never a part. */
export function writeGatewayFile(storeDir: string, address: GatewayAddress): void {
  mkdirSync(storeDir, { recursive: true });
  const file = gatewayFilePath(storeDir);
  const fresh = `${file}.${address.pid}`;
  writeFileSync(fresh, JSON.stringify(address, null, 2), { mode: 0o600 });
  // `mode` only counts for a file that is created here; one left by a crash may stand open.
  chmodSync(fresh, 0o600);
  renameSync(fresh, file);
}

/** The address, or undefined where no owner has left one. */
export function readGatewayFile(storeDir: string): GatewayAddress | undefined {
  try {
    return JSON.parse(readFileSync(gatewayFilePath(storeDir), 'utf8')) as GatewayAddress;
  } catch (error) {
    if (isAbsent(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Removes the file unless another owner has replaced it meanwhile. */
export function removeGatewayFile(storeDir: string, token: string): void {
  if (readGatewayFile(storeDir)?.token === token) rmSync(gatewayFilePath(storeDir), { force: true });
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
