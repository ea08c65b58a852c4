import { performance } from 'node:perf_hooks';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { SessionId } from '../domain/ids.ts';
import type { RoleCatalog } from '../domain/role/role.ts';
import type { UnitOfWork } from '../domain/store.ts';
import type { Executor } from '../operations/execute.ts';
import type { Operation } from '../operations/operation.ts';
import { waits } from '../operations/waits.ts';
import { createAuthenticate, type Identity } from './authenticate.ts';
import { answerCredentials, type CredentialSource } from './credentials.ts';
import { removeGatewayFile, writeGatewayFile } from './gatewayFile.ts';
import { createMcpRoute } from './mcp/mcpServer.ts';
import { createPresentWindows } from './presentWindows.ts';
import { createRateLimit, type Rate } from './rateLimit.ts';
import { createRouter } from './router.ts';
import { startServer } from './server.ts';
import { newToken } from './tokens.ts';

export interface GatewayParts {
  readonly executor: Executor;
  readonly operations: readonly Operation[];
  readonly store: UnitOfWork;
  readonly roles: RoleCatalog;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Session that the person's own calls belong to. */
  readonly personSession: () => SessionId | null;
  readonly storeDir: string;
  readonly workspace: string;
  readonly version: string;
  /** What hands an account to an agent's process. */
  readonly credentials: CredentialSource;
  readonly rates?: Rates;
}

/** How often one token may call. */
export interface Rates {
  readonly owner: Rate;
  readonly agent: Rate;
  /** All callers without a valid token together. */
  readonly unknown: Rate;
}

export interface Gateway {
  readonly url: string;
  /** The person's token; it stands in the gateway file too. */
  readonly token: string;
  /** Whether a window of another process follows this host now. */
  hasWindow(window: string): boolean;
  close(): Promise<void>;
}

/** An agent's model cannot think that fast: who calls oftener than this runs wild. */
const ordinaryRates: Rates = {
  owner: { burst: 4000, perSecond: 2000 },
  agent: { burst: 200, perSecond: 100 },
  unknown: { burst: 50, perSecond: 10 },
};

/** Opens the loopback server in front of the operations and says in the gateway file how to reach it. */
export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const logger = parts.logger.child('gateway');
  const token = newToken();
  const rates = parts.rates ?? ordinaryRates;
  const windows = createPresentWindows();
  const server = await startServer({
    authenticate: createAuthenticate({ ...parts, personToken: token }),
    router: createRouter({ ...parts, waits, logger, windows }),
    credentials: (identity, body) =>
      answerCredentials({ store: parts.store, source: parts.credentials }, identity, body),
    mcp: createMcpRoute({ ...parts, waits, logger }, parts.version),
    limit: createRateLimit(() => performance.now()),
    rateOf: (identity) => rateOf(rates, identity),
    version: parts.version,
    logger,
  });
  const { storeDir, workspace, version } = parts;
  writeGatewayFile(storeDir, { url: server.url, token, pid: process.pid, version, workspace });
  logger.log('info', 'listening', { url: server.url });
  return {
    url: server.url,
    token,
    hasWindow: (window) => windows.has(window),
    async close() {
      // First the file: nobody new should come while the door closes.
      removeGatewayFile(storeDir, token);
      await server.close();
    },
  };
}

function rateOf(rates: Rates, identity: Identity | null): Rate {
  if (identity === null) return rates.unknown;
  return identity.caller.kind === 'agent' ? rates.agent : rates.owner;
}
