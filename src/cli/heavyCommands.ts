import type { HeavyCommand } from './heavyCommand.ts';

/**
 * Commands that load the host, MCP or an agent's provider. Each is a bundle of its own (esbuild.mjs), so that a
 * command pays only for what it uses: `sloop run` and `sloop mcp` stand between an agent and its start.
 */
export const heavyCommands: Readonly<Record<string, () => Promise<HeavyCommand>>> = {
  'account add': async () => (await import('./account/addAccount.ts')).addAccount,
  'artifact diff': async () => (await import('./artifactDiff.ts')).artifactDiff,
  'proposal diff': async () => (await import('./proposalDiff.ts')).proposalDiff,
  mcp: async () => (await import('./mcp/bridgeCommand.ts')).bridgeCommand,
  run: async () => (await import('./run/runCommand.ts')).runCommand,
  'script-agent': async () => (await import('./run/scriptAgentCommand.ts')).scriptAgentCommand,
  serve: async () => (await import('./serve/serve.ts')).serve,
  watch: async () => (await import('./watch.ts')).watch,
};
