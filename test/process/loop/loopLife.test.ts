import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { processStart } from '../../../src/engine/processIdentity.ts';
import { LoopWorld, type Turn } from './loopWorld.ts';

const finish = (role: string) => ({
  finish: { summary: `${role} is done`, ...(role === 'reviewer' ? { verdict: 'approved' } : {}) },
});
const does = (role: string, ...steps: readonly object[]): Turn => ({ role, steps: [...steps, finish(role)] });
const rest = [does('plan'), does('coder'), does('reviewer')];

describe('a loop of real processes', function () {
  this.timeout(180_000);
  let world: LoopWorld;
  beforeEach(() => {
    world = new LoopWorld();
  });
  afterEach(() => world.close());

  const begin = async (turns: readonly Turn[]) => {
    world.script([...turns, ...rest]);
    await world.startHost();
    await world.start();
  };
  const ended = () =>
    world.untilLoop(({ status }) => status !== 'running' && status !== 'paused', 'the loop has ended');
  const outcomesOf = (loop: Awaited<ReturnType<typeof ended>>, stage: string) =>
    loop.rounds[0]?.stages.find(({ name }) => name === stage)?.attempts.map(({ outcome }) => outcome);

  it('fails after three crashes of one stage', async () => {
    await begin([{ role: 'coder', steps: [{ crash: 'SIGSEGV' }] }]);
    const loop = await ended();
    assert.equal(loop.status, 'failed');
    assert.match(loop.failure ?? '', /code: 3 attempts, none finished.*SIGSEGV/);
    assert.deepEqual(outcomesOf(loop, 'code'), ['crashed', 'crashed', 'crashed']);
  });

  it('tries again after an end without a report, whatever the exit code', async () => {
    await begin([
      { role: 'coder', attempt: 1, steps: [{ say: 'I am done!' }, { exit: 0 }] },
      { role: 'coder', attempt: 2, steps: [{ exit: 3 }] },
    ]);
    const loop = await ended();
    assert.equal(loop.outcome, 'approved');
    assert.deepEqual(outcomesOf(loop, 'code'), ['unreported', 'crashed', 'finished']);
  });

  it('flags a silent agent, ends it at its time limit and tries again', async () => {
    // 0.03 minutes of silence, 0.1 minutes in all.
    world.role('coder', 'stallMinutes: 0.03\nmaxMinutes: 0.1');
    await begin([{ role: 'coder', attempt: 1, steps: [{ hang: true }] }]);
    await world.until(async () => {
      const { items } = await world.run('agent.list', { limit: 50 });
      return items.some(({ role, attention }) => role === 'coder' && /No sign of life/.test(attention ?? ''));
    }, 'a flag');
    const loop = await ended();
    assert.equal(loop.outcome, 'approved');
    assert.deepEqual(outcomesOf(loop, 'code'), ['timed_out', 'finished']);
  });

  it('leaves no orphan at work when `sloop run` itself is killed', async function () {
    if (process.platform !== 'linux') this.skip();
    await begin([{ role: 'coder', attempt: 1, steps: [{ hang: true }] }]);
    await world.untilTraced('start', 'coder-1');
    const orphan = world.trace().find(({ stage }) => stage === 'coder-1')?.pid ?? 0;
    const { items } = await world.run('agent.list', { limit: 50 });
    const coder = items.find(({ role }) => role === 'coder');
    const { pid } = await world.run('agent.show', { agent: coder?.name ?? '' });
    assert.ok(pid !== null && pid !== orphan);
    process.kill(pid, 'SIGKILL');
    const loop = await ended();
    assert.equal(loop.outcome, 'approved');
    assert.deepEqual(outcomesOf(loop, 'code'), ['crashed', 'finished']);
    assert.equal(await processStart(orphan), null);
    const turns = world.trace().filter(({ stage }) => stage === 'coder-1');
    assert.deepEqual(
      turns.map(({ what }) => what),
      ['start', 'start', 'end'],
    );
  });

  it('waits at a gate, is sent back with notes, and goes on when the artifact is final', async () => {
    world.role('plan', 'output: plan\ngate: person');
    const plan = (attempt: number): Turn => ({
      role: 'plan',
      attempt,
      steps: [
        {
          finish: {
            summary: `plan ${attempt}`,
            output: `# Plan ${attempt}\n\n## Steps\n\n1. step ${attempt}\n`,
            through: 'cli',
          },
        },
      ],
    });
    await begin([plan(1), plan(2)]);
    const first = await ended();
    assert.equal(first.status, 'blocked');
    const artifact = first.rounds[0]?.stages[0]?.artifactId;
    assert.ok(artifact != null && first.blockReason?.includes(artifact));
    await world.run('artifact.stage', {
      artifacts: [artifact],
      stage: 'draft',
      versions: [1],
      notes: 'smaller, please',
    });
    const second = await world.untilLoop(
      (loop) => loop.status === 'blocked' && loop.rounds[0]?.stages[0]?.attempts.length === 2,
      'the second plan waits',
    );
    assert.match(second.rounds[0]?.stages[0]?.notes ?? '', /smaller, please/);
    await world.run('artifact.stage', { artifacts: [artifact], stage: 'final', versions: [2] });
    await world.untilLoop(({ status }) => status === 'completed', 'the end');
    const todos = await world.run('todo.list', { all: true, project: second.projectId });
    assert.deepEqual(
      todos.items.map(({ title }) => title),
      ['step 2'],
    );
  });

  it('pauses at the end of a stage and resumes with the next one', async () => {
    await begin([does('plan', world.hold('plan'))]);
    await world.untilTraced('start', 'plan-1');
    await world.run('loop.pause', { loop: world.loop });
    world.letGo('plan');
    const paused = await world.untilLoop(
      (loop) => loop.rounds[0]?.stages[0]?.attempts[0]?.outcome === 'finished',
      'the plan is handed in',
    );
    assert.equal(paused.status, 'paused');
    await world.untilTraced('end', 'plan-1');
    await world.run('loop.resume', { loop: world.loop });
    assert.equal((await ended()).outcome, 'approved');
  });

  it('stops with its agent', async () => {
    await begin([does('coder', { hang: true })]);
    await world.untilTraced('start', 'coder-1');
    const pid = world.trace().at(-1)?.pid ?? 0;
    await world.run('loop.stop', { loop: world.loop });
    const loop = await world.untilLoop((one) => one.rounds[0]?.status === 'failed', 'the round is closed');
    assert.equal(loop.status, 'cancelled');
    assert.deepEqual(outcomesOf(loop, 'code'), ['stopped']);
    await world.until(async () => (await processStart(pid)) === null, 'the agent’s process has ended');
  });

  it('runs the other shipped definitions to their own ends', async () => {
    world.script([
      { role: 'coder', round: 1, steps: [{ finish: { summary: 'half', verdict: 'changes_requested' } }] },
      { role: 'coder', steps: [{ finish: { summary: 'whole', verdict: 'approved' } }] },
      does('explorer'),
      ...rest,
    ]);
    await world.startHost();
    await world.start({ definition: 'goal-driven', parameters: ['criteria=it is whole'] });
    const goal = await ended();
    assert.deepEqual([goal.outcome, goal.round], ['goal_reached', 2]);
    await world.start({ definition: 'research', parameters: ['topic=bees'] });
    const research = await ended();
    assert.deepEqual([research.outcome, research.round], ['approved', 1]);
    assert.deepEqual(
      research.rounds[0]?.stages.map(({ role, verdict }) => [role, verdict]),
      [
        ['explorer', null],
        ['coder', 'changes_requested'],
        ['reviewer', 'approved'],
      ],
    );
  });

  it('takes a round more when the person asks for one at its limit', async () => {
    const review = (round: number, verdict: string) => ({
      role: 'reviewer',
      round,
      steps: [{ finish: { summary: `round ${round}`, verdict } }],
    });
    world.script([review(1, 'changes_requested'), review(2, 'approved'), ...rest]);
    await world.startHost();
    await world.start({ maxIterations: 1 });
    assert.equal((await ended()).outcome, 'limit_reached');
    await world.run('loop.resume', { loop: world.loop });
    const loop = await ended();
    assert.deepEqual([loop.outcome, loop.round], ['approved', 2]);
  });
});
