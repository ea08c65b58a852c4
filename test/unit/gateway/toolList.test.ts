import assert from 'node:assert/strict';
import { encode } from 'gpt-tokenizer';
import { z } from 'zod';
import { findOperations, usableBy } from '../../../src/gateway/mcp/findOperations.ts';
import { toolsFor } from '../../../src/gateway/mcp/toolList.ts';
import { toolSchema } from '../../../src/gateway/mcp/toolSchema.ts';
import { operations as all } from '../../../src/operations/all.ts';
import type { Operation } from '../../../src/operations/operation.ts';
import { waits } from '../../../src/operations/waits.ts';
import { shippedRoles } from '../../support/testGateway.ts';
import { anAgentCaller } from '../../support/testHost.ts';

const operations = all as unknown as readonly Operation[];
const roles = shippedRoles();
const catalog = {
  list: () => roles,
  find: (name: string) => roles.find((role) => role.name === name),
  problems: () => [],
};
const parts = { operations, roles: catalog, waits };

describe("an agent's tool list", () => {
  for (const role of roles)
    it(`${role.name}: at most 12 tools and 2,500 tokens, and every tool of the role is there`, () => {
      const tools = toolsFor(parts, anAgentCaller({ role: role.name, access: role.access }));
      assert.ok(tools.length <= 12, `${tools.length} tools`);
      const tokens = encode(JSON.stringify(tools)).length;
      assert.ok(tokens <= 2500, `${tokens} tokens`);
      assert.equal(tools.length, role.tools.length + 2, 'a tool of the role cannot be used with its access');
    });

  it('the person: at most 12 tools and 2,500 tokens', () => {
    const tools = toolsFor(parts, { kind: 'person', name: 'person', sessionId: null });
    assert.equal(tools.length, 12);
    assert.ok(encode(JSON.stringify(tools)).length <= 2500);
  });

  it('a role that is gone leaves search and do', () => {
    const names = toolsFor(parts, anAgentCaller({ role: 'gone', access: 'minimal' })).map(({ name }) => name);
    assert.deepEqual(names, ['sloop_find', 'sloop_do']);
  });

  it('never offers what the access level may not do', () => {
    for (const access of ['minimal', 'read-only', 'read-only-shell', 'full'] as const)
      for (const { permission } of usableBy(operations, anAgentCaller({ access })))
        assert.ok(
          permission !== 'system' && permission !== 'person' && (access === 'full' || permission !== 'write'),
        );
  });

  it('tells which tools can wait', () => {
    const tools = toolsFor(parts, anAgentCaller({ role: 'coder' }));
    const ask = tools.find(({ name }) => name === 'message_ask');
    assert.ok('wait' in (ask?.inputSchema.properties ?? {}));
    const list = tools.find(({ name }) => name === 'todo_list');
    assert.ok(!('wait' in (list?.inputSchema.properties ?? {})));
  });
});

describe('a tool schema', () => {
  it('keeps what helps and drops what only costs', () => {
    const schema = toolSchema(
      z.object({
        title: z.string().min(1).max(9).describe('A title'),
        count: z.number().int().optional(),
        few: z.number().int().min(1).max(5).default(3),
        note: z.string().nullable().optional(),
        kind: z.enum(['a', 'b']).nullable().optional(),
        format: z.string().optional(),
      }),
    );
    assert.deepEqual(schema, {
      type: 'object',
      properties: {
        title: { type: 'string', description: 'A title' },
        count: { type: 'integer' },
        few: { type: 'integer', minimum: 1, maximum: 5, default: 3 },
        note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        kind: { anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }] },
        format: { type: 'string' },
      },
      required: ['title'],
    });
  });

  it('no operation has a field that the waiting tools need for themselves', () => {
    for (const id of Object.keys(waits)) {
      const operation = operations.find((other) => other.id === id);
      assert.ok(operation !== undefined, `${id} is no operation`);
      assert.ok(!('wait' in operation.input.shape), id);
      assert.ok((waits[id]?.read ?? '') in waits, `${id} reads what cannot be waited for`);
    }
  });
});

describe('searching operations', () => {
  const first = (words: string) => findOperations(operations, words, 3)[0]?.operation;
  it('finds by id, by title and by what an operation does', () => {
    assert.equal(first('todo complete'), 'todo.complete');
    assert.equal(first('completing todos'), 'todo.complete');
    assert.equal(first('sprint update'), 'sprint.update');
    assert.equal(first('zebra'), undefined);
  });
  it('says what each field is', () => {
    const [found] = findOperations(operations, 'todo block', 1);
    assert.ok(found?.fields.some((field) => field.startsWith('reason: string')));
  });
});
