import assert from 'node:assert/strict';
import type { ProjectId, SprintId } from '../../../../src/domain/ids.ts';
import { sprintMoves, sprintStatuses, type SprintStatus } from '../../../../src/domain/sprint/sprint.ts';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

describe('sprints', () => {
  let host: TestHost;
  let projectId: ProjectId;
  beforeEach(async () => {
    host = await createTestHost();
    projectId = (await host.run('project.create', { title: 'Lamp', mode: 'partial' })).id;
  });
  afterEach(() => host.dispose());

  const create = async (title: string): Promise<SprintId> =>
    (await host.run('sprint.create', { title, project: 'lamp' })).id;
  const move = (sprint: SprintId, status: SprintStatus, more: { notes?: string; force?: boolean } = {}) =>
    host.as(host.person, 'sprint.transition', { sprint, status, ...more });
  const through = async (sprint: SprintId, ...statuses: SprintStatus[]) => {
    for (const status of statuses) assert.ok((await move(sprint, status)).ok, status);
  };
  const agent = async (mode: 'autonomous' | 'partial' | 'review') => {
    await host.run('project.update', { project: 'lamp', mode });
    const { id: sessionId } = await host.run('session.start', { title: 'Agents' });
    return callerOf(anAgent({ sessionId, projectId }));
  };

  const wayTo: Readonly<Record<SprintStatus, readonly SprintStatus[]>> = {
    planned: [],
    approved: ['approved'],
    in_progress: ['in_progress'],
    blocked: ['in_progress', 'blocked'],
    review: ['in_progress', 'review'],
    rejected: ['in_progress', 'review', 'rejected'],
    complete: ['in_progress', 'review', 'complete'],
  };
  for (const from of sprintStatuses)
    for (const to of sprintStatuses) {
      const allowed: readonly SprintStatus[] = sprintMoves[from];
      it(`from ${from} ${allowed.includes(to) ? 'become' : 'do not become'} ${to}`, async () => {
        const sprint = await create('One');
        await through(sprint, ...wayTo[from]);
        assert.equal((await move(sprint, to)).ok, allowed.includes(to));
        const { status } = await host.run('sprint.show', { sprint });
        assert.equal(status, allowed.includes(to) ? to : from);
      });
    }

  it('are numbered by project, and a number is never used twice', async () => {
    await create('One');
    const two = await create('Two');
    await host.run('sprint.delete', { sprint: two });
    const three = await create('Three');
    assert.equal((await host.run('sprint.show', { sprint: three })).number, 3);
  });

  it('need a project', async () => {
    const refusal = refusalOf(await host.as(host.person, 'sprint.create', { title: 'One' }));
    assert.match(refusal.next, /project switch/);
  });

  it('do not start unapproved where the project is in mode review', async () => {
    await host.run('project.update', { project: 'lamp', mode: 'review' });
    const sprint = await create('One');
    assert.match(refusalOf(await move(sprint, 'in_progress')).next, /sprint approve/);
    await host.run('sprint.approve', { sprints: [sprint] });
    await through(sprint, 'in_progress');
    const shown = await host.run('sprint.show', { sprint });
    assert.ok(shown.approvedAt !== null && shown.startDate !== null);
  });

  it('start only when those they depend on are complete', async () => {
    const [one, two] = [await create('One'), await create('Two')];
    await host.run('sprint.depend', { sprint: two, on: one });
    assert.match(refusalOf(await move(two, 'in_progress')).message, /waits for Sprint 1 \(One\)/);
    await through(one, 'in_progress', 'review', 'complete');
    await through(two, 'in_progress');
  });

  it('refuse a cycle and name it', async () => {
    const [one, two, three] = [await create('One'), await create('Two'), await create('Three')];
    await host.run('sprint.depend', { sprint: two, on: one });
    await host.run('sprint.depend', { sprint: three, on: two });
    const refusal = refusalOf(await host.as(host.person, 'sprint.depend', { sprint: one, on: three }));
    assert.match(
      refusal.message,
      /Sprint 1 \(One\) waits for Sprint 3 \(Three\) waits for Sprint 2 \(Two\) waits for Sprint 1/,
    );
    assert.equal(
      refusalOf(await host.as(host.person, 'sprint.depend', { sprint: one, on: one })).code,
      'conflict',
    );
    await host.run('sprint.undepend', { sprint: two, on: one });
    assert.equal(
      refusalOf(await host.as(host.person, 'sprint.undepend', { sprint: two, on: one })).code,
      'missing',
    );
    await host.run('sprint.depend', { sprint: one, on: three });
  });

  it('do not depend on sprints of other projects', async () => {
    const one = await create('One');
    await host.run('project.create', { title: 'Desk' });
    const other = await host.run('sprint.create', { title: 'Other', project: 'desk' });
    const refusal = refusalOf(await host.as(host.person, 'sprint.depend', { sprint: one, on: other.id }));
    assert.match(refusal.message, /another project/);
  });

  it('keep the notes of a rejection, count it, and refuse one too many', async () => {
    const sprint = await create('One');
    await through(sprint, 'in_progress');
    for (const round of [1, 2, 3]) {
      await through(sprint, 'review');
      assert.ok((await move(sprint, 'rejected', { notes: `round ${round}` })).ok);
      const shown = await host.run('sprint.show', { sprint });
      assert.deepEqual([shown.reviewRound, shown.reviewerNotes], [round, `round ${round}`]);
      await through(sprint, 'in_progress');
    }
    await through(sprint, 'review');
    const refusal = refusalOf(await move(sprint, 'rejected', { notes: 'again' }));
    assert.equal(refusal.code, 'limit');
    assert.match(refusal.next, /Ask the person/);
    await host.run('sprint.update', { sprint, maxReviewRounds: 4 });
    assert.ok((await move(sprint, 'rejected', { notes: 'again' })).ok);
  });

  it('take notes with a rejection only', async () => {
    const sprint = await create('One');
    assert.equal(refusalOf(await move(sprint, 'in_progress', { notes: 'x' })).code, 'invalid');
  });

  it('are not completed with open todos unless forced', async () => {
    const sprint = await create('One');
    await host.run('todo.create', { sprint, items: [{ title: 'A' }, { title: 'B' }] });
    await through(sprint, 'in_progress', 'review');
    assert.match(refusalOf(await move(sprint, 'complete')).message, /2 open todos/);
    assert.ok((await move(sprint, 'complete', { force: true })).ok);
    assert.notEqual((await host.run('sprint.show', { sprint })).completedAt, null);
  });

  it('show progress without the cancelled', async () => {
    const sprint = await create('One');
    const { todos } = await host.run('todo.create', {
      sprint,
      items: [{ title: 'A' }, { title: 'B' }, { title: 'C' }],
    });
    const ids = todos.map(({ id }) => id);
    await host.run('todo.complete', { todos: ids.slice(0, 1) });
    await host.run('todo.cancel', { todos: ids.slice(1, 2) });
    assert.deepEqual((await host.run('sprint.show', { sprint })).progress, { done: 1, all: 2 });
    assert.deepEqual((await host.run('sprint.list', { project: 'lamp' })).items[0]?.progress, {
      done: 1,
      all: 2,
    });
  });

  it('let their todos be ready only while in progress', async () => {
    const sprint = await create('One');
    await host.run('todo.create', { sprint, title: 'A' });
    const ready = async () => (await host.run('todo.ready', { sprint })).items.length;
    assert.equal(await ready(), 0);
    await through(sprint, 'in_progress');
    assert.equal(await ready(), 1);
    await through(sprint, 'blocked');
    assert.equal(await ready(), 0);
  });

  it('are approved by the person, by agents only where the project is autonomous', async () => {
    const sprint = await create('One');
    const partial = await agent('partial');
    assert.equal(
      refusalOf(await host.as(partial, 'sprint.approve', { sprints: [sprint] })).code,
      'forbidden',
    );
    const approve = { sprint, status: 'approved' as const };
    assert.equal(refusalOf(await host.as(partial, 'sprint.transition', approve)).code, 'forbidden');
    const autonomous = await agent('autonomous');
    assert.ok((await host.as(autonomous, 'sprint.transition', approve)).ok);
  });

  it('are completed and rejected by the person in mode review', async () => {
    const sprint = await create('One');
    await through(sprint, 'in_progress', 'review');
    const caller = await agent('review');
    for (const status of ['complete', 'rejected'] as const)
      assert.equal(
        refusalOf(await host.as(caller, 'sprint.transition', { sprint, status })).code,
        'forbidden',
      );
    const partial = await agent('partial');
    assert.ok((await host.as(partial, 'sprint.transition', { sprint, status: 'complete' })).ok);
  });

  it('keep their ceiling of rounds out of the hands of agents', async () => {
    const sprint = await create('One');
    const caller = await agent('autonomous');
    assert.equal(
      refusalOf(await host.as(caller, 'sprint.update', { sprint, maxReviewRounds: 5 })).code,
      'forbidden',
    );
  });

  it('gather a retrospective piece by piece', async () => {
    const sprint = await create('One');
    await host.run('sprint.update', { sprint, wentWell: ['tests'] });
    await host.run('sprint.update', { sprint, actionItems: ['sleep'] });
    assert.deepEqual((await host.run('sprint.show', { sprint })).retrospective, {
      wentWell: ['tests'],
      couldImprove: [],
      actionItems: ['sleep'],
    });
  });

  it('give todos back to the backlog when deleted, and free what waited', async () => {
    const [one, two] = [await create('One'), await create('Two')];
    await host.run('sprint.depend', { sprint: two, on: one });
    const { todos } = await host.run('todo.create', { sprint: one, title: 'A' });
    const dry = await host.run('sprint.delete', { sprint: one, dryRun: true });
    assert.ok((await host.as(host.person, 'sprint.show', { sprint: one })).ok);
    const done = await host.run('sprint.delete', { sprint: one });
    assert.deepEqual({ ...dry, dryRun: false }, done);
    assert.deepEqual(
      done.released.map(({ id }) => id),
      [two],
    );
    const todo = await host.run('todo.show', { todo: todos[0]?.id as never });
    assert.deepEqual([todo.sprintId, todo.projectId], [null, projectId]);
    await through(two, 'in_progress');
  });

  it('name contracts of their own project only', async () => {
    const sprint = await create('One');
    const own = await host.run('artifact.create', { title: 'Deal', content: '', project: 'lamp' });
    await host.run('sprint.update', { sprint, contract: own.id });
    assert.equal((await host.run('sprint.show', { sprint })).contractArtifactId, own.id);
    await host.run('project.create', { title: 'Desk' });
    const other = await host.run('artifact.create', { title: 'Deal', content: '', project: 'desk' });
    assert.equal(
      refusalOf(await host.as(host.person, 'sprint.update', { sprint, contract: other.id })).code,
      'invalid',
    );
    await host.run('artifact.delete', { artifacts: [own.id] });
    assert.equal((await host.run('sprint.show', { sprint })).contractArtifactId, null);
  });
});
