// A stand-in for `sloop mcp`: a stdio MCP server with two tools that writes what it is called with, one JSON line
// each, to STUB_LOG. STUB_FAIL=1 makes it die at once, as a bridge without a host does.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

if (process.env.STUB_FAIL === '1') {
  process.stderr.write('no host is running\n');
  process.exit(69);
}

const tool = (name, description) => ({
  name,
  description,
  inputSchema: { type: 'object', properties: { note: { type: 'string' } }, required: ['note'] },
});
const tools = [tool('report', 'Report progress'), tool('todo_delete', 'Delete a todo')];

const answers = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'stub-bridge', version: '1.0.0' },
  }),
  ping: () => ({}),
  'tools/list': () => ({ tools }),
  'tools/call': ({ name, arguments: input }) => {
    const token = process.env.SLOOP_TOKEN ?? null;
    appendFileSync(process.env.STUB_LOG, `${JSON.stringify({ tool: name, input, token })}\n`);
    return { content: [{ type: 'text', text: `noted: ${input.note}` }] };
  },
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const answer = answers[method];
  const body =
    answer === undefined
      ? { error: { code: -32601, message: `unknown method ${method}` } }
      : { result: answer(params) };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...body })}\n`);
});
