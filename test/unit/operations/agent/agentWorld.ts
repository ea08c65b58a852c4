import { mostAttempts, type Agent } from '../../../../src/domain/agent/agent.ts';
import type { AgentCaller } from '../../../../src/domain/caller.ts';
import type { ProjectId } from '../../../../src/domain/ids.ts';
import type { Role } from '../../../../src/domain/role/role.ts';
import { aRole } from '../../../support/loopDriver.ts';
import { callerOf } from '../../../support/anAgent.ts';
import { createTestHost, type TestHost } from '../../../support/testHost.ts';

/** A host with a project, and an agent's life played by hand: claimed, observed, ended. */
export class AgentWorld {
  readonly host: TestHost;
  readonly project: ProjectId;

  static async open(roles: readonly Role[] = [aRole(), aRole({ name: 'reader', access: 'read-only' })]) {
    const host = await createTestHost({ roles });
    const { id } = await host.run('project.create', { title: 'Sums' });
    return new AgentWorld(host, id);
  }

  private constructor(host: TestHost, project: ProjectId) {
    this.host = host;
    this.project = project;
  }

  agent(name: string): Promise<Agent> {
    return this.host.tables((tables) => {
      const found = tables.agent.findByName(name);
      if (found === undefined) throw new Error(`There is no agent ${name}.`);
      return found;
    });
  }

  async caller(name: string, access: 'full' | 'read-only' = 'full'): Promise<AgentCaller> {
    return callerOf(await this.agent(name), access);
  }

  async todo(title: string, more: { dependsOn?: string[]; gate?: 'human-verify' } = {}) {
    const { todos } = await this.host.run('todo.create', {
      title,
      project: this.project,
      ...(more as object),
    });
    const [line] = todos;
    if (line === undefined) throw new Error('No todo was made.');
    return line.id;
  }

  async showTodo(id: string) {
    return this.host.run('todo.show', { todo: id });
  }

  claim(name: string, pid = 100, terminal = false) {
    return this.system('launch.claim', { agent: name, pid, pidStartedAt: `at ${pid}`, terminal });
  }

  /** From now on its crash is its end: it is not started again by itself. */
  async onLastAttempt(name: string): Promise<void> {
    const agent = await this.agent(name);
    await this.host.tables((tables) => tables.agent.update({ ...agent, attempt: mostAttempts }));
  }

  /** Starts an agent, for the last time, and claims its launch. */
  async running(
    input: { todo?: string; prompt?: string; role?: string } = { prompt: 'Do it.' },
  ): Promise<Agent> {
    const { name } = await this.host.run('agent.start', {
      role: 'coder',
      project: this.project,
      ...(input as object),
    });
    const claimed = await this.claim(name);
    if (!claimed.ok) throw new Error(claimed.refusal.message);
    await this.onLastAttempt(name);
    return this.agent(name);
  }

  async exit(name: string, fields: Record<string, unknown> = {}) {
    const { id, sessionNumber } = await this.agent(name);
    return this.system('agent.exited', {
      agent: id,
      sessionNumber,
      exitCode: 0,
      exitSignal: null,
      ...fields,
    });
  }

  async observe(name: string, observations: readonly unknown[], sessionNumber?: number) {
    const agent = await this.agent(name);
    return this.system('agent.observe', {
      agent: agent.id,
      sessionNumber: sessionNumber ?? agent.sessionNumber,
      observations,
    });
  }

  /** As `sloop run` calls. */
  system(operation: string, input: unknown) {
    return this.host.executor.execute({ kind: 'system', name: 'runner' }, 'runner', operation, input);
  }

  close(): void {
    this.host.dispose();
  }
}
