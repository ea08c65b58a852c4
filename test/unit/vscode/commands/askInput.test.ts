import assert from 'node:assert/strict';
import { operations } from '../../../../src/operations/all.ts';
import type { Client } from '../../../../src/operations/client.ts';
import type { Operation } from '../../../../src/operations/operation.ts';
import { askInput, type AskedInput } from '../../../../src/vscode/commands/askInput.ts';
import { byHandOf, type ByHandId } from '../../../../src/vscode/commands/byHand.ts';
import type { Choice, PickQuestion } from '../../../../src/vscode/commands/prompter.ts';
import { aBusyWorkspace, type BusyWorkspace } from '../../../support/busyWorkspace.ts';
import { scriptedPerson, type Reply } from '../../../support/scriptedPerson.ts';

const back: Reply = { kind: 'back' };
const cancelled: Reply = { kind: 'cancelled' };

describe('asking a person for input', () => {
  let world: BusyWorkspace;
  let client: Client;
  beforeEach(async () => {
    world = await aBusyWorkspace();
    client = world.host.executor.clientFor(world.person, 'view');
  });
  afterEach(() => world.host.dispose());

  async function ask(id: ByHandId, replies: readonly Reply[], prefilled: Record<string, unknown> = {}) {
    const person = scriptedPerson(replies);
    const asked = await askInput({
      client,
      prompter: person,
      window: {
        folders: () => ['/shop'],
        texts: () => [{ label: 'All of plan.md', value: '# Plan' }],
        providers: (): Promise<readonly Choice[]> =>
          Promise.resolve([
            { label: 'Claude Code', value: 'claude' },
            { label: 'Scripted agent', value: 'script' },
          ]),
      },
      operation: operations.find((one) => one.id === id) as Operation,
      hand: byHandOf(id),
      prefilled,
    });
    return { asked, questions: person.asked };
  }
  const inputOf = (asked: AskedInput) => (asked.kind === 'input' ? asked.input : asked.kind);
  const labels = (question: unknown) => (question as PickQuestion).listed.choices.map(({ label }) => label);

  it('goes from step to step, under the title of the operation, and leaves out what was left empty', async () => {
    const { asked, questions } = await ask('todo.create', [
      'Pay by card',
      '',
      'High',
      'No sprint: the backlog',
    ]);
    assert.deepEqual(inputOf(asked), { title: 'Pay by card', priority: 'high' });
    assert.deepEqual(
      questions.map(({ title, step, steps, canGoBack }) => [title, step, steps, canGoBack]),
      [1, 2, 3, 4].map((step) => ['Create todos', step, 4, step > 1]),
    );
  });

  it('goes back to the last question, whose answer then counts anew', async () => {
    const { asked, questions } = await ask('todo.create', [
      'Pay by crad',
      back,
      'Pay by card',
      'With a test',
      back,
      '',
      'Medium, as usual',
      '#1 plain-a',
    ]);
    assert.deepEqual(inputOf(asked), { title: 'Pay by card', sprint: world.project.ids.sprint });
    assert.deepEqual(
      questions.map(({ step }) => step),
      [1, 2, 1, 2, 3, 2, 3, 4],
    );
  });

  it('ends without harm when the person goes away', async () => {
    const { asked } = await ask('todo.create', ['Pay by card', cancelled]);
    assert.deepEqual(asked, { kind: 'cancelled' });
  });

  it('does not ask for what is known, and says in the title what it is about', async () => {
    const { asked, questions } = await ask('todo.block', ['No account yet'], {
      todo: world.project.ids.todo,
    });
    assert.deepEqual(inputOf(asked), { todo: world.project.ids.todo, reason: 'No account yet' });
    assert.equal(questions[0]?.title, 'Block a todo: plain-a');
    assert.equal(asked.kind === 'input' && asked.about[0], 'plain-a');
  });

  it('asks for the project only where none is active', async () => {
    await world.host.as(world.person, 'project.switch', { project: null });
    const { asked, questions } = await ask('sprint.create', ['First', 'plain-a', '']);
    assert.deepEqual(inputOf(asked), { title: 'First', project: 'plain-a-project' });
    assert.ok(labels(questions[1]).includes('secret-b'));
  });

  it('lists only rows for which it makes sense', async () => {
    const { questions } = await ask('todo.reopen', [cancelled]);
    assert.deepEqual(labels(questions[0]), ['completed']);
  });

  it('lists only the moves that a sprint can make', async () => {
    const { asked, questions } = await ask('sprint.transition', ['#1 plain-a', 'Review']);
    assert.deepEqual(labels(questions[1]), ['Review', 'Blocked']);
    assert.deepEqual(inputOf(asked), { sprint: world.project.ids.sprint, status: 'review' });
  });

  it('asks what else an answer makes needed', async () => {
    const rejected = await ask('agent.start', [
      'Coder',
      'As each role says',
      'No todo: a task in words',
      'Look around',
      'No',
    ]);
    assert.deepEqual(inputOf(rejected.asked), { role: 'coder', prompt: 'Look around', worktree: false });
    const script = await ask('agent.start', [
      'Coder',
      'Scripted agent',
      back,
      'Claude Code',
      'pending',
      'Yes',
    ]);
    assert.deepEqual(inputOf(script.asked), {
      role: 'coder',
      provider: 'claude',
      todo: 'treadyxx',
      worktree: true,
    });
    assert.deepEqual(
      script.questions.map(({ steps }) => steps),
      [5, 5, 6, 5, 5, 4],
    );
  });

  it('changes only the fields that the person chooses, from what they are now', async () => {
    const todo = world.project.ids.todo;
    const { asked, questions } = await ask('todo.update', [['Title', 'Deadline'], 'Pay', '2027-01-31'], {
      todo,
    });
    const { title, deadline } = inputOf(asked) as Record<string, string>;
    assert.equal(title, 'Pay');
    assert.equal(new Date(String(deadline)).getDate(), 31);
    assert.equal((questions[1] as { value?: string }).value, 'plain-a');
  });

  it('approves the versions that were listed', async () => {
    const { asked } = await ask('artifact.stage', [['plain-a'], 'Final']);
    assert.deepEqual(inputOf(asked), {
      artifacts: [world.project.ids.artifact],
      stage: 'final',
      versions: [1],
    });
    const known = await ask('artifact.stage', ['Final'], { artifacts: [world.project.ids.artifact] });
    assert.deepEqual((inputOf(known.asked) as { versions: unknown }).versions, [1]);
  });

  it('says so where there is nothing to choose', async () => {
    await world.host.as(world.person, 'todo.delete', { todos: ['tdonexxx'] });
    const { asked } = await ask('todo.reopen', []);
    assert.equal(asked.kind, 'nothing');
  });

  it('never offers a row for itself', async () => {
    const { questions } = await ask('todo.depend', [cancelled], { todo: 'treadyxx' });
    assert.ok(!labels(questions[0]).includes('pending'));
  });
});
