import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRoleCatalog } from '../../src/agents/roles/roleCatalog.ts';
import type { Clock } from '../../src/base/clock.ts';
import { silentLogger, type Logger } from '../../src/base/logger.ts';
import { ok } from '../../src/base/result.ts';
import type { Agent, Launch } from '../../src/domain/agent/agent.ts';
import type { Role } from '../../src/domain/role/role.ts';
import type { CredentialSource } from '../../src/gateway/credentials.ts';
import { createGateway, type Gateway, type Rates } from '../../src/gateway/createGateway.ts';
import { tokenHash } from '../../src/gateway/tokens.ts';
import { operations } from '../../src/operations/all.ts';
import { anAgent } from './anAgent.ts';
import { aSession } from './builders.ts';
import { createTestHost, type TestHost, type TestHostOptions } from './testHost.ts';

export interface TestGateway {
  readonly host: TestHost;
  readonly gateway: Gateway;
  readonly storeDir: string;
  /** Closes the gateway and opens another one on the same rows, as a new owner would. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface TestGatewayOptions extends TestHostOptions {
  readonly rates?: Rates;
  readonly logger?: Logger;
  readonly credentials?: CredentialSource;
}

/** The roles that Sloop ships. */
export const shippedRoles = (): readonly Role[] =>
  createRoleCatalog({ workspaceRoot: '/nonexistent', operationIds: operations.map(({ id }) => id) }).list();

/** A real gateway on loopback over the test host's rows. */
export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const roles = options.roles ?? shippedRoles();
  const host = await createTestHost({ ...options, roles });
  const storeDir = mkdtempSync(path.join(os.tmpdir(), 'sloop-gateway-'));
  const open = () =>
    createGateway({
      executor: host.executor,
      operations: [...operations, ...(options.extraOperations ?? [])],
      store: host.store,
      roles: {
        list: () => roles,
        find: (name) => roles.find((role) => role.name === name),
        problems: () => [],
      },
      clock: host.clock,
      logger: options.logger ?? silentLogger,
      personSession: () => null,
      storeDir,
      workspace: '/workspace',
      version: '0.0.0-test',
      credentials: options.credentials ?? (() => Promise.resolve(ok({}))),
      ...(options.rates === undefined ? {} : { rates: options.rates }),
    });
  let gateway = await open();
  return {
    host,
    storeDir,
    get gateway() {
      return gateway;
    },
    async restart() {
      await gateway.close();
      gateway = await open();
    },
    async close() {
      await gateway.close();
      host.dispose();
      rmSync(storeDir, { recursive: true, force: true });
    },
  };
}

/** Rows of an agent that was started, with a token that it may call with. */
export async function addAgent(
  host: Pick<TestHost, 'tables'> & { readonly clock: Clock },
  fields: Partial<Agent> & { token: string },
): Promise<Agent> {
  const { token, ...given } = fields;
  const now = host.clock.now();
  const name = given.name ?? 'calm-heron';
  const number = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000, 7);
  const id = (noun: string) => `${noun}${String(number).padStart(6, '0')}` as never;
  const session = aSession({ id: id('sessio'), title: 'Work', origin: 'agent', createdAt: now });
  const agent = anAgent({
    id: id('agents'),
    name,
    sessionId: session.id,
    pid: null,
    createdAt: now,
    updatedAt: now,
    ...given,
  });
  const launch: Launch = {
    id: id('launch'),
    agentId: agent.id,
    projectId: agent.projectId,
    sessionId: session.id,
    sessionNumber: 1,
    state: 'claimed',
    prompt: '',
    workingFolder: '/workspace',
    resume: false,
    script: null,
    window: null,
    tokenHash: tokenHash(token),
    claimedAt: now,
    createdAt: now,
  };
  await host.tables((tables) => {
    tables.session.insert(session);
    tables.agent.insert(agent);
    tables.launch.insert(launch);
  });
  return agent;
}
