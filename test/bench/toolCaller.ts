import { Agent, request } from 'node:http';

export interface ToolCaller {
  /** Calls an MCP tool; a refusal or a fault rejects. */
  call(name: string, given: Readonly<Record<string, unknown>>): Promise<void>;
  close(): void;
}

/** MCP's own words over a kept connection, without the SDK: what is measured is the server. */
export function createToolCaller(url: string, token: string): ToolCaller {
  const connections = new Agent({ keepAlive: true });
  let calls = 0;

  function post(body: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = request(url, {
        method: 'POST',
        agent: connections,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
      });
      outgoing.on('error', reject);
      outgoing.on('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
        );
      });
      outgoing.end(body);
    });
  }

  return {
    async call(name, given) {
      calls += 1;
      const { status, text } = await post(
        JSON.stringify({
          jsonrpc: '2.0',
          id: calls,
          method: 'tools/call',
          params: { name, arguments: given },
        }),
      );
      if (status !== 200 || text.includes('"isError":true') || text.includes('"error":'))
        throw new Error(`MCP ${name}: HTTP ${status} ${text.slice(0, 500)}`);
    },
    close: () => connections.destroy(),
  };
}
