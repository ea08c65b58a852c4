import type { AgentCaller } from '../../../../src/domain/caller.ts';
import type { ProjectId } from '../../../../src/domain/ids.ts';
import type { InputOf } from '../../../../src/operations/client.ts';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { aSession } from '../../../support/builders.ts';
import { createTestHost, type TestHost } from '../../../support/testHost.ts';

/** A project with an agent that may only read, and so proposes. */
export class ProposalWorld {
  readonly host: TestHost;
  readonly project: ProjectId;
  readonly agent: AgentCaller;

  static async open(): Promise<ProposalWorld> {
    const host = await createTestHost();
    const project = (await host.run('project.create', { title: 'Shop' })).id;
    const session = aSession({ id: 'session00077' as never, projectId: project });
    const agent = anAgent({ sessionId: session.id, projectId: project, role: 'detail', name: 'wise-owl' });
    await host.tables((tables) => {
      tables.session.insert(session);
      tables.agent.insert(agent);
    });
    return new ProposalWorld(host, project, callerOf(agent, 'read-only'));
  }

  private constructor(host: TestHost, project: ProjectId, agent: AgentCaller) {
    this.host = host;
    this.project = project;
    this.agent = agent;
  }

  /** Proposes as the agent and returns the proposals' lines. */
  async propose(input: InputOf<'proposal.create'>) {
    const result = await this.host.as(this.agent, 'proposal.create', input);
    if (!result.ok) throw new Error(`${result.refusal.message} ${result.refusal.next}`);
    return result.value.proposals;
  }

  async proposeOne(input: InputOf<'proposal.create'>) {
    const [one] = await this.propose(input);
    if (one === undefined) throw new Error('Nothing was proposed.');
    return one;
  }

  async todo(fields: Partial<InputOf<'todo.create'>> = {}) {
    const { todos } = await this.host.run('todo.create', {
      title: 'Build it',
      project: this.project,
      ...fields,
    });
    if (todos[0] === undefined) throw new Error('No todo.');
    return todos[0];
  }
}
