import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { agentCliFolder } from '../../scripts/installAgentClis.mjs';
import { claude } from '../../src/agents/providers/claude.ts';
import { ProviderWorld } from '../support/providerWorld.ts';
import { behavesAsAnAgent, isTested, openWorld, type Traits } from './realCli.ts';

const traits: Traits = {
  provider: claude,
  exhausted: (resetsAt) => ({
    status: 429,
    type: 'rate_limit_error',
    message: 'This request would exceed your account’s rate limit. Please try again later.',
    headers: {
      'anthropic-ratelimit-unified-status': 'rejected',
      'anthropic-ratelimit-unified-reset': String(resetsAt.getTime() / 1000),
      'anthropic-ratelimit-unified-representative-claim': 'five_hour',
    },
  }),
  tellsUntil: true,
  subscription: { ANTHROPIC_API_KEY: '', CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-dummy' },
  unknownSession: randomUUID(),
};

describe('Claude Code, the real program', function () {
  if (!isTested('claude')) return;
  let world: ProviderWorld;
  beforeEach(async () => (world = await openWorld(traits)));
  afterEach(() => world.close());

  behavesAsAnAgent(traits, () => world);

  it('takes the session id that we choose, once', async () => {
    const id = randomUUID();
    const first = await world.start({ session: { kind: 'new', id } });
    await first.ended;
    assert.equal(first.seen('session')[0]?.providerSessionId, id);
    const second = await world.start({ session: { kind: 'new', id } });
    assert.equal((await second.ended).exitCode, 1);
    assert.deepEqual(
      second.seen('failed').map(({ failure }) => failure),
      ['session'],
    );
  });

  it('tells of a turn limit', async () => {
    const agent = await world.start({ limits: { turns: 1 } });
    await agent.ended;
    assert.deepEqual(
      agent.seen('failed').map(({ failure }) => failure),
      ['limit'],
    );
  });

  it('gives a reader no tool that could change a file', async () => {
    const agent = await world.start({ systemPrompt: 'role: reviewer', access: 'read-only' });
    await agent.ended;
    const offered = world.model.asked[0]?.request.tools.map(({ name }) => name) ?? [];
    assert.deepEqual(offered.filter((name) => !name.startsWith('mcp__')).sort(), [
      'Glob',
      'Grep',
      'Read',
      'WebFetch',
      'WebSearch',
    ]);
    assert.equal(world.read('reviewed.txt'), undefined);
  });
});

describe('Claude Code, denials', () => {
  if (!isTested('claude')) return;
  it('notices a denied tool and a denied file although the exit code is 0', async () => {
    const outside = path.join(agentCliFolder, `outside-${randomUUID()}.txt`);
    const world = await ProviderWorld.open(claude, () => [
      {
        name: 'trespasser',
        steps: [
          { tool: 'todo_delete', input: { note: 'not mine' } },
          { write: { path: outside, content: 'x' } },
          { text: 'Deleted and written.' },
        ],
      },
    ]);
    try {
      const agent = await world.start();
      assert.equal((await agent.ended).exitCode, 0);
      assert.deepEqual(
        agent.seen('denied').map(({ tool }) => tool),
        ['todo_delete', 'Write'],
      );
      assert.equal(agent.seen('ended').length, 1);
      assert.deepEqual(world.bridgeCalls(), []);
      assert.ok(!existsSync(outside));
    } finally {
      await world.close();
    }
  });
});
