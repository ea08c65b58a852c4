import { artifactDiff } from './artifactDiff.ts';
import type { HeavyCommand } from './heavyCommand.ts';
import { bridgeCommand } from './mcp/bridgeCommand.ts';
import { runCommand } from './run/runCommand.ts';
import { scriptAgentCommand } from './run/scriptAgentCommand.ts';
import { serve } from './serve/serve.ts';
import { watch } from './watch.ts';

/** Commands that load the host, MCP or an agent's provider: a bundle of their own, so that the others start fast. */
export const heavyCommands: Readonly<Record<string, HeavyCommand>> = {
  mcp: bridgeCommand,
  run: runCommand,
  'script-agent': scriptAgentCommand,
  serve,
  watch,
  'artifact diff': artifactDiff,
};
