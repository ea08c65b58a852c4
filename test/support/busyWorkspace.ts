import type { PersonCaller } from '../../src/domain/caller.ts';
import type { TestHost } from './testHost.ts';
import { createTwoProjects, type FilledProject } from './twoProjects.ts';

/** A workspace in which there is something to choose for every operation, and the person that works in it. */
export interface BusyWorkspace {
  readonly host: TestHost;
  readonly project: FilledProject;
  readonly person: PersonCaller;
}

/** Ids that end in what they are, of the length of their noun. */
const idOf = (noun: string, mark: string, length = 12) =>
  `${noun}${mark}`.slice(0, length).padEnd(length, 'x') as never;

export async function aBusyWorkspace(): Promise<BusyWorkspace> {
  const { host, a: project } = await createTwoProjects();
  const person: PersonCaller = { kind: 'person', name: 'person', sessionId: project.ids.session as never };
  await host.tables((tables) => {
    const todo = tables.todo.find(project.ids.todo as never);
    const sprint = tables.sprint.find(project.ids.sprint as never);
    const loop = tables.loop.find(project.ids.loop as never);
    const agent = tables.agent.find(project.ids.agent as never);
    const found = tables.project.find(project.ids.project as never);
    const message = tables.message.find(project.ids.message as never);
    if (!todo || !sprint || !loop || !agent || !found || !message) throw new Error('the world lacks a row');
    for (const [mark, status] of [
      ['ready', 'pending'],
      ['asks', 'pending_approval'],
      ['runs', 'in_progress'],
      ['done', 'completed'],
    ] as const)
      tables.todo.insert({ ...todo, id: idOf('t', mark, 8), title: status, status });
    tables.todo.insert({ ...todo, id: idOf('w', 'aits', 8), title: 'waits', status: 'blocked' });
    tables.todo.dependencies.add(idOf('w', 'aits', 8), idOf('t', 'ready', 8));
    tables.sprint.insert({
      ...sprint,
      id: idOf('sprint', 'planned'),
      number: 2,
      title: 'planned',
      status: 'planned',
    });
    tables.sprint.dependencies.add(idOf('sprint', 'planned'), sprint.id);
    for (const status of ['paused', 'blocked'] as const)
      tables.loop.insert({ ...loop, id: idOf('loop', status), goal: status, status, script: '/script.yaml' });
    const worktree = tables.worktree.find(project.ids.worktree as never);
    const merge = tables.merge.find(project.ids.merge as never);
    if (!worktree || !merge) throw new Error('the world lacks a row');
    tables.worktree.insert({ ...worktree, id: idOf('worktree', 'kept'), agentId: null, status: 'kept' });
    for (const status of ['waiting_approval', 'failed'] as const)
      tables.merge.insert({ ...merge, id: idOf('merge', status), title: status, status });
    tables.agent.insert({ ...agent, id: idOf('agent', 'stopped'), name: 'stopped-otter', status: 'stopped' });
    tables.project.insert({
      ...found,
      id: idOf('proj', 'done'),
      slug: 'done',
      title: 'done',
      status: 'completed',
    });
    for (const [mark, status] of [
      ['question', 'pending'],
      ['note', 'sent'],
    ] as const)
      tables.message.insert({
        ...message,
        id: idOf('m', mark),
        threadId: idOf('m', mark),
        senderKind: 'agent',
        senderName: agent.name,
        senderAgentId: agent.id,
        recipientKind: 'person',
        recipientName: 'person',
        recipientAgentId: null,
        status,
      });
  });
  return { host, project, person };
}
