import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { InputOf } from '../../../../src/operations/client.ts';
import { aDefinition, aRole, LoopDriver } from '../../../support/loopDriver.ts';
import { anAgentCaller, refusalOf } from '../../../support/testHost.ts';

let driver: LoopDriver;

const finding = (title: string, file: string | null = null) => ({ title, file });

describe('a loop', () => {
  afterEach(() => driver.dispose());

  it('starts its first stage in the transaction that starts it', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    const { loop, rounds, stages, attempts, agents } = await driver.rows();
    assert.equal(loop.status, 'running');
    assert.deepEqual(
      rounds.map(({ number, status }) => [number, status]),
      [[1, 'running']],
    );
    assert.deepEqual(
      stages.map(({ name, status }) => `${name} ${status}`),
      ['plan running', 'coder pending', 'reviewer pending'],
    );
    assert.deepEqual(
      attempts.map(({ number, outcome }) => [number, outcome]),
      [[1, null]],
    );
    assert.equal(agents[0]?.stageId, stages[0]?.id);
    const [launch] = await driver.host.tables((tables) => tables.launch.all({ agentId: agents[0]?.id }));
    assert.equal(launch?.state, 'ready');
    assert.match(launch?.prompt ?? '', /Play plan for Fix the sum\./);
  });

  it('runs plan, coder and reviewer, and hands the findings to the next round', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    await driver.finish({ output: '# Plan\n- [ ] add' });
    await driver.finish({ summary: 'added it' });
    const reviewer = await driver.mustLive();
    const [review] = await driver.host.tables((tables) => tables.launch.all({ agentId: reviewer.id }));
    assert.match(review?.prompt ?? '', /added it/);
    assert.match(review?.prompt ?? '', /- \[ \] add/);
    await driver.finish({
      verdict: 'changes_requested',
      findings: [finding('sum of nothing fails', 'sum.js')],
    });
    const planner = await driver.mustLive();
    const [again] = await driver.host.tables((tables) => tables.launch.all({ agentId: planner.id }));
    assert.match(again?.prompt ?? '', /Round 2 of at most 5/);
    assert.match(again?.prompt ?? '', /sum of nothing fails \(sum\.js\)/);
    assert.match(again?.prompt ?? '', /version 1 of artifact/);
    await driver.finish({ output: '# Plan, again' });
    await driver.finish();
    const loop = await driver.finish({ verdict: 'approved' });
    assert.equal(loop.status, 'completed');
    assert.equal(loop.outcome, 'approved');
    const { rounds, stages } = await driver.rows();
    assert.deepEqual(
      rounds.map(({ status, outcome }) => [status, outcome]),
      [
        ['needs_rework', 'changes requested (1 finding)'],
        ['completed', 'approved'],
      ],
    );
    const plans = stages.filter(({ name }) => name === 'plan').map(({ artifactId }) => artifactId);
    assert.equal(plans[0], plans[1], 'the plan of round 2 is a version of the plan of round 1');
    const plan = await driver.host.tables((tables) => plans[0] && tables.artifact.find(plans[0]));
    assert.equal(plan && plan.version, 2);
    assert.equal(plan && plan.type, 'plan');
    const sprints = await driver.host.tables((tables) => tables.sprint.all({ projectId: loop.projectId }));
    assert.deepEqual(
      sprints.map(({ number, status, origin }) => [number, status, origin]),
      [
        [1, 'rejected', 'loop'],
        [2, 'complete', 'loop'],
      ],
    );
  });

  it('waits for the process of an agent that has reported', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    const planner = await driver.mustLive();
    await driver.report(planner);
    await driver.advance();
    assert.equal((await driver.mustLive()).id, planner.id);
    await driver.exit(planner);
    assert.equal(await driver.stageName(await driver.mustLive()), 'coder');
  });

  it('takes an approval in the last round allowed as an approval', async () => {
    driver = await LoopDriver.create();
    await driver.start({ maxIterations: 1 });
    assert.equal((await driver.round('approved')).outcome, 'approved');
  });

  it('ends at its limit of rounds, and one more round can be asked for', async () => {
    driver = await LoopDriver.create();
    const loop = await driver.start({ maxIterations: 1 });
    const ended = await driver.round('changes_requested', [finding('a')]);
    assert.deepEqual([ended.status, ended.outcome], ['completed', 'limit_reached']);
    const session = () =>
      driver.host.tables((tables) => tables.session.find(ended.sessionId)?.status ?? 'gone');
    assert.equal(await session(), 'closed');
    const resumed = await driver.host.run('loop.resume', { loop });
    assert.deepEqual([resumed.status, resumed.round, resumed.maxIterations], ['running', 2, 2]);
    assert.equal(await session(), 'open');
    const again = await driver.round('changes_requested', [finding('b')]);
    assert.equal(again.outcome, 'limit_reached');
    const done = await driver.host.run('loop.approve', { loop });
    assert.deepEqual([done.status, done.outcome], ['completed', 'approved_by_person']);
    const sprints = await driver.host.tables((tables) => tables.sprint.all({ projectId: ended.projectId }));
    assert.deepEqual(
      sprints.map(({ status }) => status),
      ['rejected', 'complete'],
    );
    assert.equal(
      refusalOf(await driver.host.as(driver.host.person, 'loop.resume', { loop })).code,
      'conflict',
    );
  });

  it('starts no stage after its deadline', async () => {
    driver = await LoopDriver.create();
    const loop = await driver.start({ deadline: driver.later(60_000) });
    driver.host.clock.step(60_000);
    const ended = await driver.finish();
    assert.deepEqual([ended.status, ended.outcome], ['completed', 'limit_reached']);
    const { rounds } = await driver.rows();
    assert.match(rounds[0]?.outcome ?? '', /cut short: the deadline/);
    const refusal = refusalOf(await driver.host.as(driver.host.person, 'loop.resume', { loop }));
    assert.equal(refusal.code, 'limit');
    const later = await driver.host.run('loop.resume', { loop, deadline: driver.later(1000) });
    assert.deepEqual([later.status, later.round], ['running', 2]);
  });

  it('starts no stage once its budget is spent', async () => {
    driver = await LoopDriver.create();
    const loop = await driver.start({ budgetUsd: 1 });
    await driver.spend(await driver.mustLive(), 1);
    assert.equal((await driver.finish()).outcome, 'limit_reached');
    assert.match(
      refusalOf(await driver.host.as(driver.host.person, 'loop.resume', { loop })).message,
      /budget of \$1\.00 is spent/,
    );
    assert.equal((await driver.host.run('loop.resume', { loop, budgetUsd: null })).status, 'running');
  });

  it('blocks when the review asks for the same three times running, and goes on when resumed', async () => {
    driver = await LoopDriver.create();
    const loop = await driver.start();
    await driver.round('changes_requested', [finding('Sum fails', 'sum.js'), finding('No test')]);
    await driver.round('changes_requested', [finding('no test.'), finding('sum  fails', 'sum.js')]);
    const blocked = await driver.round('changes_requested', [
      finding('No test'),
      finding('sum fails', 'sum.js'),
    ]);
    assert.equal(blocked.status, 'blocked');
    assert.match(blocked.blockReason ?? '', /same changes 3 rounds running/);
    assert.equal(await driver.live(), undefined);
    const resumed = await driver.host.run('loop.resume', { loop });
    assert.deepEqual([resumed.status, resumed.round], ['running', 4]);
    const [launch] = await driver.host.tables((tables) => tables.launch.all({ state: 'ready' }).slice(-1));
    assert.match(launch?.prompt ?? '', /raised in 3 rounds running/);
  });

  it('tries a stage three times, with the reasons handed on, then fails', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    await driver.crash(await driver.mustLive());
    await driver.exit(await driver.mustLive());
    const third = await driver.mustLive();
    const [launch] = await driver.host.tables((tables) => tables.launch.all({ agentId: third.id }));
    assert.match(launch?.prompt ?? '', /Attempt 1: brave-otter-1 crashed \(exit code 3\)/);
    assert.match(launch?.prompt ?? '', /Attempt 2: brave-otter-2 ended \(exit code 0\) without a report/);
    const failed = await driver.exit(third, { reported: 'failed', result: 'cannot be done' });
    assert.equal(failed.status, 'failed');
    assert.match(failed.failure ?? '', /plan: 3 attempts, none finished\. cannot be done/);
    const { rounds, attempts, stages } = await driver.rows();
    assert.deepEqual(
      attempts.map(({ outcome }) => outcome),
      ['crashed', 'unreported', 'failed'],
    );
    assert.equal(rounds[0]?.status, 'failed');
    assert.deepEqual(
      stages.map(({ status }) => status),
      ['failed', 'pending', 'pending'],
    );
    assert.equal(await driver.live(), undefined);
  });

  it('keeps what was handed in although the process crashed after it', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    const planner = await driver.mustLive();
    await driver.report(planner);
    await driver.crash(planner);
    assert.equal(await driver.stageName(await driver.mustLive()), 'coder');
  });

  it('pauses between stages and resumes where it was', async () => {
    driver = await LoopDriver.create();
    const loop = await driver.start();
    await driver.host.run('loop.pause', { loop });
    await driver.finish();
    assert.equal(await driver.live(), undefined);
    await driver.host.run('loop.resume', { loop });
    assert.equal(await driver.stageName(await driver.mustLive()), 'coder');
  });

  it('stops: the agent is asked to end, the loop is cancelled, its round is closed', async () => {
    driver = await LoopDriver.create();
    const loop = await driver.start();
    const agent = await driver.mustLive();
    await driver.host.tables((tables) => {
      for (const launch of tables.launch.all({ agentId: agent.id }))
        tables.launch.update({ ...launch, state: 'claimed' });
      tables.agent.update({ ...agent, status: 'running' });
    });
    assert.equal((await driver.host.run('loop.stop', { loop })).status, 'cancelled');
    assert.equal((await driver.mustLive()).stopRequestedBy, 'person');
    await driver.exit(await driver.mustLive(), { status: 'stopped', exitSignal: 'SIGTERM', exitCode: null });
    const { rounds, stages, attempts } = await driver.rows();
    assert.equal(attempts[0]?.outcome, 'stopped');
    assert.equal(stages[0]?.status, 'failed');
    assert.deepEqual([rounds[0]?.status, rounds[0]?.outcome], ['failed', 'stopped']);
    for (const id of ['loop.resume', 'loop.pause', 'loop.stop', 'loop.approve'] as const)
      assert.equal(refusalOf(await driver.host.as(driver.host.person, id, { loop })).code, 'conflict', id);
  });

  it('withdraws an agent that no process has claimed when it is stopped', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    await driver.host.run('loop.stop', { loop: driver.id });
    assert.equal(await driver.live(), undefined);
    const { rounds, agents } = await driver.rows();
    assert.equal(agents[0]?.status, 'stopped');
    assert.equal(rounds[0]?.status, 'failed');
  });

  it('blocks when a person stops an agent, and does not count that among the tries', async () => {
    driver = await LoopDriver.create();
    const loop = await driver.start();
    await driver.crash(await driver.mustLive());
    await driver.crash(await driver.mustLive());
    const blocked = await driver.exit(await driver.mustLive(), {
      status: 'stopped',
      stopRequestedBy: 'person',
    });
    assert.equal(blocked.status, 'blocked');
    assert.match(blocked.blockReason ?? '', /plan: brave-otter-3 was stopped by person/);
    assert.equal((await driver.advance()).status, 'blocked');
    await driver.host.run('loop.resume', { loop });
    await driver.finish();
    assert.equal(await driver.stageName(await driver.mustLive()), 'coder');
  });

  it('blocks when an agent’s program cannot be started, and tries again when the person has mended it', async () => {
    driver = await LoopDriver.create();
    const loop = await driver.start();
    const attention = 'There is no claude on the PATH. Install it.';
    const blocked = await driver.exit(await driver.mustLive(), {
      status: 'crashed',
      exitCode: null,
      startRefused: true,
      attention,
    });
    assert.equal(blocked.status, 'blocked');
    assert.match(blocked.blockReason ?? '', /plan: brave-otter-1 could not be started: There is no claude/);
    assert.match(blocked.blockReason ?? '', /Resume the loop/);
    await driver.host.run('loop.resume', { loop });
    const { attempts } = await driver.rows();
    assert.equal(attempts.map(({ outcome }) => outcome ?? 'under way').join(), 'unstartable,under way');
  });

  it('counts an agent that the engine stopped at its time limit as a failed try', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    await driver.exit(await driver.mustLive(), { status: 'stopped', stopRequestedBy: 'engine' });
    const { loop, attempts } = await driver.rows();
    assert.equal(loop.status, 'running');
    assert.deepEqual(
      attempts.map(({ outcome }) => outcome),
      ['timed_out', null],
    );
  });

  it('reads an explicit verdict line of a reviewer that ended without a report, never prose', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    await driver.finish();
    await driver.finish();
    await driver.exit(await driver.mustLive(), { result: 'This is approved. LGTM.' });
    assert.equal(await driver.stageName(await driver.mustLive()), 'reviewer');
    const loop = await driver.exit(await driver.mustLive(), { result: 'All good.\n\n**VERDICT: APPROVED**' });
    assert.equal(loop.outcome, 'approved');
    const { stages } = await driver.rows();
    assert.equal(stages.find(({ name }) => name === 'reviewer')?.verdict, 'approved');
  });

  it('ends a definition of rounds after its rounds, without a verdict', async () => {
    driver = await LoopDriver.create([aDefinition({ termination: { type: 'rounds' }, maxIterations: 2 })]);
    await driver.start();
    for (let turn = 0; turn < 5; turn += 1) await driver.finish();
    const loop = await driver.finish();
    assert.deepEqual([loop.status, loop.outcome, loop.round], ['completed', 'rounds_done', 2]);
  });

  it('says goal reached for a definition of a goal, and shows the criteria to every stage', async () => {
    driver = await LoopDriver.create([
      aDefinition({
        parameters: [{ name: 'criteria', description: 'what must hold', required: true, default: null }],
        termination: { type: 'goal', criteria: 'It holds that {{criteria}}.' },
      }),
    ]);
    await driver.start({ parameters: ['criteria=a = b'] });
    const [launch] = await driver.host.tables((tables) => tables.launch.all({ state: 'ready' }));
    assert.match(launch?.prompt ?? '', /It is reached when: It holds that a = b\./);
    assert.equal((await driver.round('approved')).outcome, 'goal_reached');
  });
});

describe('loop.start', () => {
  afterEach(() => driver.dispose());

  const refused = async (input: Partial<InputOf<'loop.start'>>) =>
    refusalOf(
      await driver.host.as(driver.host.person, 'loop.start', { definition: 'harness', goal: 'g', ...input }),
    );

  it('refuses what does not fit, by name, and leaves nothing behind', async () => {
    driver = await LoopDriver.create([
      aDefinition({
        parameters: [{ name: 'topic', description: 'what about', required: true, default: null }],
      }),
      aDefinition({ name: 'odd', roles: [{ name: 'x', role: 'wizard', prompt: 'p', gate: null }] }),
    ]);
    assert.match((await refused({ definition: 'none' })).next, /harness, odd/);
    assert.match((await refused({})).message, /needs topic/);
    assert.match((await refused({ parameters: ['topic=a', 'colour=b'] })).message, /no parameter colour/);
    assert.match((await refused({ parameters: ['topic=a', 'topic=b'] })).message, /given twice/);
    assert.match((await refused({ definition: 'odd' })).message, /wizard/);
    assert.match((await refused({ parameters: ['topic=a'], provider: 'none' })).message, /no provider none/);
    assert.match(
      (await refused({ parameters: ['topic=a'], deadline: '2020-01-01T00:00:00.000Z' })).message,
      /has passed/,
    );
    assert.match(
      (await refused({ parameters: ['topic=a'], project: 'nowhere' })).message,
      /no project nowhere/,
    );
    assert.equal(await driver.host.tables((tables) => tables.project.count({})), 0);
  });

  it('makes a project named after the goal, each with a slug of its own', async () => {
    driver = await LoopDriver.create();
    await driver.start({ goal: 'Fix the sum!' });
    await driver.start({ goal: 'Fix the sum!' });
    const slugs = await driver.host.tables((tables) => tables.project.all({}).map(({ slug }) => slug));
    assert.deepEqual(slugs.toSorted(), ['fix-the-sum', 'fix-the-sum-2']);
  });

  it('keeps a frozen copy with the gates of its roles', async () => {
    driver = await LoopDriver.create(undefined, [aRole({ name: 'plan', output: 'plan', gate: 'person' })]);
    await driver.start();
    const { loop } = await driver.rows();
    assert.deepEqual(
      loop.frozen.roles.map(({ gate }) => gate),
      ['person', null, null],
    );
    assert.equal(loop.frozen.roles[0]?.prompt, 'Play plan for Fix the sum.');
  });

  it('refuses a project that is not active, and an agent without one', async () => {
    driver = await LoopDriver.create();
    await driver.host.run('project.create', { title: 'Old', slug: 'old' });
    await driver.host.run('project.archive', { project: 'old' });
    assert.match((await refused({ project: 'old' })).message, /Project old is archived/);
    const agent = anAgentCaller();
    const refusal = refusalOf(
      await driver.host.as(agent, 'loop.start', { definition: 'harness', goal: 'g' }),
    );
    assert.match(refusal.message, /work in no project/);
  });

  it('refuses an agent of a loop', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    const caller = { ...driver.caller(await driver.mustLive()), access: 'full' as const };
    const refusal = refusalOf(
      await driver.host.as(caller, 'loop.start', { definition: 'harness', goal: 'another' }),
    );
    assert.equal(refusal.code, 'forbidden');
  });
});
