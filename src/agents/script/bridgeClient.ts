import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

/** How one tool call went. */
export interface ToolAnswer {
  readonly failed: boolean;
  readonly text: string;
}

/** A scripted agent's way to Sloop: the official MCP client over the real stdio bridge. */
export interface BridgeClient {
  call(operation: string, input: Readonly<Record<string, unknown>>): Promise<ToolAnswer>;
  close(): Promise<void>;
}

/** Longer than the longest wait that the gateway holds a call for. */
const callTimeoutMs = 90_000;

/** @param sloop program and arguments of the `sloop` command; `mcp` is added. */
export async function openBridge(
  sloop: readonly [string, ...string[]],
  environment: NodeJS.ProcessEnv,
): Promise<BridgeClient> {
  const [command, ...args] = sloop;
  const client = new Client({ name: 'sloop-script-agent', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({
      command,
      args: [...args, 'mcp'],
      env: Object.fromEntries(
        Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
      stderr: 'inherit',
    }),
  );
  const { tools } = await client.listTools();
  const offered = new Set(tools.map(({ name }) => name));
  return {
    async call(operation, input) {
      const name = operation.replace('.', '_');
      // As an agent does: its own tools by name, the rest through the general one.
      const request = offered.has(name)
        ? { name, arguments: input }
        : { name: 'sloop_do', arguments: { operation, input } };
      const answer = await client.callTool(request, undefined, { timeout: callTimeoutMs });
      const content = Array.isArray(answer.content) ? (answer.content as readonly { text?: string }[]) : [];
      return { failed: answer.isError === true, text: content.map(({ text }) => text ?? '').join('\n') };
    },
    close: () => client.close(),
  };
}
