import assert from 'node:assert/strict';
import type { SprintId } from '../../../../src/domain/ids.ts';
import { refusalOf } from '../../../support/testHost.ts';
import { ProposalWorld } from './proposalWorld.ts';

describe('proposals', () => {
  let world: ProposalWorld;
  beforeEach(async () => (world = await ProposalWorld.open()));
  afterEach(() => world.host.dispose());

  const accept = (id: string, force = false) =>
    world.host.as(world.host.person, 'proposal.accept', { proposals: [id as never], force });
  const showTodo = (id: string) => world.host.run('todo.show', { todo: id });

  it('change nothing until a person accepts them, who alone may', async () => {
    const todo = await world.todo();
    const made = await world.proposeOne({ target: 'todo', entity: todo.id, content: 'In small steps' });
    assert.equal((await showTodo(todo.id)).description, '');
    const refusal = refusalOf(await world.host.as(world.agent, 'proposal.accept', { proposals: [made.id] }));
    assert.equal(refusal.code, 'forbidden');
    await world.host.run('proposal.accept', { proposals: [made.id] });
    assert.equal((await showTodo(todo.id)).description, 'In small steps');
  });

  it('make todos in the agent’s name, with what todo.create takes, and keep what they became', async () => {
    const made = await world.proposeOne({
      target: 'todo',
      title: 'Add a test',
      content: 'Of the edge',
      metadata: { priority: 'high', acceptanceCriteria: ['it fails first'] },
    });
    const { proposals } = await world.host.run('proposal.accept', { proposals: [made.id] });
    const todo = await showTodo(proposals[0]?.resultId ?? '');
    assert.deepEqual(
      [todo.title, todo.description, todo.priority, todo.acceptanceCriteria, todo.projectId],
      ['Add a test', 'Of the edge', 'high', ['it fails first'], world.project],
    );
    assert.deepEqual(
      [todo.createdBy, todo.sessionId, todo.status],
      ['wise-owl', world.agent.sessionId, 'pending'],
    );
    const { items } = await world.host.run('event.list', { entity: todo.id });
    assert.deepEqual([items[0]?.operation, items[0]?.caller], ['proposal.accept', 'person']);
  });

  it('make and change sprints and artifacts', async () => {
    const [sprint, page] = await world.propose({
      items: [
        {
          target: 'sprint',
          title: 'First',
          content: '1. Look',
          metadata: { goal: 'See', maxReviewRounds: 2 },
        },
        { target: 'artifact', title: 'Notes', content: 'One', metadata: { type: 'plan' } },
      ],
    });
    const { accepted } = await world.host.run('proposal.acceptAll', { agent: 'wise-owl' });
    assert.deepEqual(
      accepted.map(({ id }) => id),
      [sprint?.id, page?.id],
    );
    const made = await world.host.run('sprint.show', { sprint: accepted[0]?.resultId as SprintId });
    assert.deepEqual(
      [made.title, made.plan, made.goal, made.maxReviewRounds],
      ['First', '1. Look', 'See', 2],
    );
    const artifact = await world.host.run('artifact.show', { artifact: accepted[1]?.resultId as never });
    assert.deepEqual([artifact.stage, artifact.type, artifact.createdBy], ['draft', 'plan', 'wise-owl']);
    const better = await world.proposeOne({
      target: 'artifact',
      entity: artifact.id,
      content: 'Two',
      summary: 'Say more',
    });
    await world.host.run('proposal.accept', { proposals: [better.id] });
    const after = await world.host.run('artifact.show', { artifact: artifact.id });
    const { items } = await world.host.run('artifact.versions', { artifact: artifact.id });
    assert.deepEqual(
      [after.content, after.version, items[0]?.author, items[0]?.changeSummary],
      ['Two', 2, 'wise-owl', 'Say more'],
    );
  });

  it('are refused with the names of fields that their target does not take', async () => {
    const todo = await world.todo();
    const refused = async (input: Parameters<typeof world.propose>[0]) =>
      refusalOf(await world.host.as(world.agent, 'proposal.create', input));
    const unknown = await refused({
      target: 'todo',
      entity: todo.id,
      metadata: { goal: 'x', status: 'completed' },
    });
    assert.match(unknown.message, /no field goal, status/);
    assert.match(unknown.next, /priority/);
    assert.match(
      (await refused({ target: 'todo', title: 'T', metadata: { priority: 'mild' } })).message,
      /^priority: /,
    );
    assert.match((await refused({ target: 'todo' })).message, /needs a title/);
    assert.match((await refused({ target: 'todo', entity: todo.id })).message, /nothing new/);
    assert.equal((await refused({ target: 'sprint', entity: todo.id, title: 'x' })).code, 'missing');
    assert.match(
      (await refused({ target: 'todo', title: 'T', metadata: { parent: 'nobody12' } })).message,
      /nobody12/,
    );
  });

  it('take what they leave out as it is', async () => {
    const todo = await world.todo({ description: 'Long text' });
    const made = await world.proposeOne({ target: 'todo', entity: todo.id, metadata: { priority: 'low' } });
    await world.host.run('todo.update', { todo: todo.id, description: 'Another text' });
    assert.ok((await accept(made.id)).ok);
    const after = await showTodo(todo.id);
    assert.deepEqual([after.description, after.priority], ['Another text', 'low']);
  });

  it('are refused with the difference once their target has changed, unless forced', async () => {
    const todo = await world.todo();
    const made = await world.proposeOne({ target: 'todo', entity: todo.id, title: 'Build it well' });
    await world.host.run('todo.update', { todo: todo.id, title: 'Buy it' });
    const refusal = refusalOf(await accept(made.id));
    assert.equal(refusal.code, 'conflict');
    assert.match(refusal.message, /title "Build it" → "Buy it"/);
    assert.match(refusal.next, /edit it.*dismiss it.*force/);
    const shown = await world.host.run('proposal.show', { proposal: made.id });
    assert.deepEqual([shown.before, shown.after], [{ title: 'Buy it' }, { title: 'Build it well' }]);
    assert.deepEqual(shown.drift, [{ field: 'title', was: 'Build it', is: 'Buy it' }]);
    assert.ok((await accept(made.id, true)).ok);
    assert.equal((await showTodo(todo.id)).title, 'Build it well');
  });

  it('name the versions where an artifact was written meanwhile, and hold after an edit', async () => {
    const page = await world.host.run('artifact.create', {
      title: 'P',
      content: 'a',
      project: world.project,
    });
    const made = await world.proposeOne({ target: 'artifact', entity: page.id, content: 'b' });
    await world.host.run('artifact.update', { artifact: page.id, content: 'c' });
    assert.match(refusalOf(await accept(made.id)).message, /version 1 → 2/);
    await world.host.run('proposal.update', { proposal: made.id, content: 'c and b' });
    assert.ok((await accept(made.id)).ok);
    assert.equal((await world.host.run('artifact.show', { artifact: page.id })).content, 'c and b');
  });

  it('say that what they were to change is gone', async () => {
    const todo = await world.todo();
    const made = await world.proposeOne({ target: 'todo', entity: todo.id, title: 'New' });
    await world.host.run('todo.delete', { todos: [todo.id] });
    assert.equal((await world.host.run('proposal.show', { proposal: made.id })).gone, true);
    assert.match(refusalOf(await accept(made.id)).message, /is gone/);
  });

  it('break a todo into a tree: children of what is only proposed follow it', async () => {
    const [top, below] = await world.propose({
      items: [
        { target: 'todo', title: 'Top', ref: 'top' },
        { target: 'todo', title: 'Below', metadata: { parent: 'top', dependsOn: [] } },
      ],
    });
    assert.match(
      refusalOf(await accept(below?.id ?? '')).message,
      new RegExp(`proposal ${top?.id}.*is pending`),
    );
    const { accepted } = await world.host.run('proposal.acceptAll', { agent: 'wise-owl' });
    const child = await showTodo(accepted[1]?.resultId ?? '');
    assert.equal(child.parentId, accepted[0]?.resultId);
  });

  it('are accepted all at once except for those that cannot be, which are named', async () => {
    const todo = await world.todo();
    const [stale, good] = await world.propose({
      items: [
        { target: 'todo', entity: todo.id, title: 'Stale' },
        { target: 'todo', title: 'Good' },
      ],
    });
    await world.host.run('todo.update', { todo: todo.id, title: 'Changed' });
    const { accepted, refused, more } = await world.host.run('proposal.acceptAll', {
      project: world.project,
    });
    assert.deepEqual(
      accepted.map(({ id }) => id),
      [good?.id],
    );
    assert.deepEqual(
      refused.map(({ id }) => id),
      [stale?.id],
    );
    assert.match(refused[0]?.reason ?? '', /"Build it" → "Changed"/);
    assert.equal(more, 0);
  });

  it('are accepted all or none where one turns out impossible half-way, and that one is named', async () => {
    const todo = await world.todo();
    const [first, second] = await world.propose({
      items: [
        { target: 'todo', title: 'First' },
        { target: 'todo', title: 'Second', metadata: { dependsOn: [todo.id] } },
      ],
    });
    await world.host.run('todo.delete', { todos: [todo.id] });
    const result = await world.host.as(world.host.person, 'proposal.acceptAll', { agent: 'wise-owl' });
    assert.match(refusalOf(result).message, new RegExp(`None was accepted: proposal ${second?.id}`));
    const { items } = await world.host.run('proposal.list', {});
    assert.deepEqual(
      items.map(({ id }) => id),
      [first?.id, second?.id],
    );
    assert.equal((await world.host.run('todo.list', { project: world.project })).items.length, 0);
  });

  it('are decided once', async () => {
    const made = await world.proposeOne({ target: 'todo', title: 'T' });
    await world.host.run('proposal.dismiss', { proposals: [made.id] });
    assert.match(refusalOf(await accept(made.id)).message, /dismissed/);
    const edit = await world.host.as(world.host.person, 'proposal.update', { proposal: made.id, title: 'U' });
    assert.match(refusalOf(edit).message, /is dismissed already/);
  });

  it('are dismissed with a note that reaches the agent once', async () => {
    const made = await world.propose({
      items: [
        { target: 'todo', title: 'A' },
        { target: 'todo', title: 'B' },
      ],
    });
    await world.host.run('proposal.dismiss', { proposals: made.map(({ id }) => id), note: 'Too early' });
    const inbox = await world.host.as(world.agent, 'message.inbox', {});
    assert.ok(inbox.ok);
    assert.deepEqual(
      inbox.value.items.map(({ title, from }) => [title, from]),
      [['Your proposal "A", "B" was dismissed: Too early', 'person']],
    );
  });

  it('go into the sprint of the agent that makes them', async () => {
    const sprint = await world.host.run('sprint.create', { title: 'S', project: world.project });
    const caller = { ...world.agent, sprintId: sprint.id };
    const made = await world.host.as(caller, 'proposal.create', { target: 'todo', title: 'T' });
    assert.ok(made.ok);
    const { proposals } = await world.host.run('proposal.accept', {
      proposals: made.value.proposals.map(({ id }) => id),
    });
    assert.equal((await showTodo(proposals[0]?.resultId ?? '')).sprintId, sprint.id);
  });
});
