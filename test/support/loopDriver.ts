import { instantOf } from '../../src/base/clock.ts';
import type { AgentCaller } from '../../src/domain/caller.ts';
import { isLive, type Agent } from '../../src/domain/agent/agent.ts';
import type { LoopId } from '../../src/domain/ids.ts';
import type { LoopDefinition } from '../../src/domain/loop/definition.ts';
import type { Attempt, Iteration, Loop, Stage } from '../../src/domain/loop/loop.ts';
import type { Role } from '../../src/domain/role/role.ts';
import type { InputOf } from '../../src/operations/client.ts';
import { createTestHost, type TestHost } from './testHost.ts';

export const aRole = (fields: Partial<Role> = {}): Role => ({
  name: 'coder',
  displayName: 'Coder',
  description: '',
  access: 'full',
  provider: 'command',
  model: null,
  effort: null,
  maxTurns: null,
  maxMinutes: 60,
  stallMinutes: 10,
  tools: [],
  output: 'loop_output',
  gate: null,
  prompt: 'Do it.',
  ...fields,
});

const loopRole = (name: string, role = name, gate: 'person' | null = null) => ({
  name,
  role,
  prompt: `Play ${name} for {{goal}}.`,
  gate,
});

export const aDefinition = (fields: Partial<LoopDefinition> = {}): LoopDefinition => ({
  name: 'harness',
  description: 'Plans, codes, reviews.',
  parameters: [],
  roles: [loopRole('plan'), loopRole('coder'), loopRole('reviewer')],
  termination: { type: 'verdict' },
  maxIterations: 5,
  ...fields,
});

export interface LoopRows {
  readonly loop: Loop;
  readonly rounds: readonly Iteration[];
  readonly stages: readonly Stage[];
  readonly attempts: readonly Attempt[];
  readonly agents: readonly Agent[];
}

/**
 * Plays the part of agents and processes: it moves agents' rows as `sloop run` would have them moved, and calls
 * `stage.finish` with their token.
 */
export class LoopDriver {
  readonly host: TestHost;
  #loop: LoopId | undefined;

  private constructor(host: TestHost) {
    this.host = host;
  }

  static async create(definitions: readonly LoopDefinition[] = [aDefinition()], roles: readonly Role[] = []) {
    const standard = [
      aRole({ name: 'plan', output: 'plan', access: 'read-only' }),
      aRole(),
      aRole({ name: 'reviewer', access: 'read-only' }),
    ].filter(({ name }) => !roles.some((role) => role.name === name));
    return new LoopDriver(await createTestHost({ loops: definitions, roles: [...standard, ...roles] }));
  }

  async start(fields: Partial<InputOf<'loop.start'>> = {}): Promise<LoopId> {
    const line = await this.host.run('loop.start', { definition: 'harness', goal: 'Fix the sum', ...fields });
    this.#loop = line.id;
    return line.id;
  }

  get id(): LoopId {
    if (this.#loop === undefined) throw new Error('no loop was started');
    return this.#loop;
  }

  rows(): Promise<LoopRows> {
    return this.host.tables((tables) => {
      const loop = tables.loop.find(this.id);
      if (loop === undefined) throw new Error('the loop is gone');
      const of = { loopId: loop.id };
      return {
        loop,
        rounds: tables.iteration.all(of).toSorted((a, b) => a.number - b.number),
        stages: tables.stage.all(of),
        attempts: tables.attempt.all(of),
        agents: tables.agent.all(of),
      };
    });
  }

  /** The one agent at work; a second one is an error, whatever the test looks for. */
  async live(): Promise<Agent | undefined> {
    const live = (await this.rows()).agents.filter(({ status }) => isLive(status));
    if (live.length > 1) throw new Error(`two agents live: ${live.map(({ name }) => name).join(', ')}`);
    return live[0];
  }

  async mustLive(): Promise<Agent> {
    const agent = await this.live();
    if (agent === undefined) throw new Error('no agent is at work');
    return agent;
  }

  caller(agent: Agent): AgentCaller {
    const { name, id, role, sessionId, projectId, sprintId, todoId, stageId, loopId } = agent;
    const place = { sessionId, projectId, sprintId, todoId, stageId, loopId };
    return { kind: 'agent', access: 'read-only', agentId: id, name, role, ...place };
  }

  async stageName(agent: Agent): Promise<string> {
    return (await this.rows()).stages.find(({ id }) => id === agent.stageId)?.name ?? '';
  }

  async report(agent: Agent, input: Partial<InputOf<'stage.finish'>> = {}) {
    return this.host.as(this.caller(agent), 'stage.finish', { summary: `${agent.role} is done`, ...input });
  }

  /** The agent's process ends; the loop is advanced as the engine would. */
  async exit(agent: Agent, fields: Partial<Agent> = {}): Promise<Loop> {
    await this.host.tables((tables) => {
      const row = tables.agent.find(agent.id);
      if (row === undefined) throw new Error('the agent is gone');
      const status = row.stopRequestedBy !== null && row.reported === null ? 'stopped' : 'idle';
      tables.agent.update({ ...row, status, exitCode: 0, endedAt: this.host.clock.now(), ...fields });
    });
    return this.advance();
  }

  crash = (agent: Agent): Promise<Loop> => this.exit(agent, { status: 'crashed', exitCode: 3 });

  async advance(): Promise<Loop> {
    const engine = this.host.executor.clientFor({ kind: 'system', name: 'engine' }, 'engine');
    const result = await engine.execute('loop.advance', { loop: this.id });
    if (!result.ok) throw new Error(result.refusal.message);
    return (await this.rows()).loop;
  }

  /** The agent at work hands in and ends. */
  async finish(input: Partial<InputOf<'stage.finish'>> = {}): Promise<Loop> {
    const agent = await this.mustLive();
    const result = await this.report(agent, input);
    if (!result.ok) throw new Error(`${result.refusal.message} ${result.refusal.next}`);
    return this.exit(agent);
  }

  /** Plan and coder hand in, the reviewer decides. */
  async round(
    verdict: 'approved' | 'changes_requested',
    findings: InputOf<'stage.finish'>['findings'] = [],
  ): Promise<Loop> {
    await this.finish();
    await this.finish();
    return this.finish({ verdict, findings });
  }

  async spend(agent: Agent, costUsd: number): Promise<void> {
    await this.host.tables((tables) => {
      const row = tables.agent.find(agent.id);
      if (row !== undefined) tables.agent.update({ ...row, costUsd });
    });
  }

  later = (milliseconds: number) => instantOf(Date.parse(this.host.clock.now()) + milliseconds);

  dispose(): void {
    this.host.dispose();
  }
}
