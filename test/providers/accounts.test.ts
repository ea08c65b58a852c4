import assert from 'node:assert/strict';
import path from 'node:path';
import { runSloop } from '../support/cliBundle.ts';
import type { Step } from '../support/mockModel/script.ts';
import { isTested } from './realCli.ts';
import { SloopWorld } from './sloopWorld.ts';

const keys = { first: 'sk-ant-key-of-the-first', second: 'sk-ant-key-of-the-second' };
const resetsAt = Math.floor(Date.now() / 1000) + 3 * 3600;

/** As Anthropic's endpoint says it of an account whose limit is reached. */
const spent: Step = {
  error: {
    status: 429,
    type: 'rate_limit_error',
    message: `Claude AI usage limit reached|${resetsAt}`,
    headers: {
      'anthropic-ratelimit-unified-status': 'rejected',
      'anthropic-ratelimit-unified-reset': String(resetsAt),
      'anthropic-ratelimit-unified-representative-claim': 'five_hour',
      'x-should-retry': 'false',
    },
  },
};

/** As a person adds one: the key by standard input. */
async function addAccount({ workspace }: SloopWorld, label: string, key: string): Promise<void> {
  const root = path.dirname(workspace);
  const { code, err } = await runSloop(['account', 'add', 'claude', '--label', label], {
    cwd: workspace,
    input: `${key}\n`,
    env: { SLOOP_DATA: path.join(root, 'data'), SLOOP_STORE: path.join(root, 'store') },
  });
  assert.equal(code, 0, err);
}

describe('claude with two accounts', function () {
  this.timeout(120_000);
  let world: SloopWorld | undefined;
  before(function () {
    if (!isTested('claude')) this.skip();
  });
  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  it('goes on in its very session with the second when the first gives out', async () => {
    const opened = (world = await SloopWorld.open('claude', {
      scripts: [
        {
          name: 'first',
          credential: keys.first,
          steps: [{ tool: 'report', input: { text: 'Begun' } }, spent],
        },
        {
          name: 'second',
          credential: keys.second,
          steps: [
            spent,
            { tool: 'report', input: { status: 'done', summary: 'All done' } },
            { text: 'Bye.' },
          ],
        },
      ],
    }));
    for (const [label, key] of Object.entries(keys)) await addAccount(opened, label, key);
    const name = await opened.start();
    const agent = await opened.until(
      name,
      ({ sessionNumber, status }) => sessionNumber === 2 && status === 'idle',
    );
    assert.deepEqual([agent.reported, agent.result, agent.attention], ['done', 'All done', null]);
    const { items } = await opened.host.run('account.list', {});
    assert.deepEqual(
      items.map(({ label, isExhausted }) => [label, isExhausted]),
      [
        ['first', true],
        ['second', false],
      ],
    );
    assert.equal(items.find(({ id }) => id === agent.accountId)?.label, 'second');
    assert.equal(items[0]?.exhaustedUntil, new Date(resetsAt * 1000).toISOString());
    // The second account was sent what the first one's session had come to.
    const resumed = opened.model.asked.filter(({ script }) => script === 'second');
    assert.ok(resumed.length > 0 && resumed.every(({ request }) => request.results.length >= 1));
    assert.ok(opened.model.asked.every(({ credential }) => credential !== 'dummy'));
  });
});
