import { Agent } from 'node:http';
import { findHost } from '../../gateway/client/findHost.ts';
import { runBridge } from '../../gateway/mcp/bridge.ts';
import { exitCodes, UsageError } from '../exitCodes.ts';
import type { HeavyCommand } from '../heavyCommand.ts';

const patienceMs = 10_000;

/** `sloop mcp`: started by an agent's CLI, with its token in the environment; or by a person's own assistant. */
export const bridgeCommand: HeavyCommand = async ({ cwd, env }, words, { version }) => {
  if (words.length > 0)
    throw new UsageError('sloop mcp takes nothing.', 'It speaks MCP on standard input and output.');
  await runBridge({
    locate: () => findHost(cwd, env),
    token: env['SLOOP_TOKEN'],
    version,
    patienceMs,
    connections: new Agent({ keepAlive: true }),
    input: process.stdin,
    output: process.stdout,
  });
  return exitCodes.done;
};
