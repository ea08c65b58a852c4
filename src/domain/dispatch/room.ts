import type { Agent } from '../agent/agent.ts';
import type { ProjectId, SprintId } from '../ids.ts';
import type { AgentLimits } from './limits.ts';

type Living = Pick<Agent, 'projectId' | 'sprintId' | 'provider'>;

/** Where there is still room for an agent. Every agent that lives takes some, whoever started it. */
export class Room {
  readonly #limits: AgentLimits;
  #all = 0;
  readonly #byProvider = new Map<string, number>();
  readonly #byProject = new Map<ProjectId, number>();
  readonly #bySprint = new Map<SprintId, number>();

  constructor(limits: AgentLimits, living: readonly Living[]) {
    this.#limits = limits;
    for (const agent of living) this.take(agent);
  }

  take({ projectId, sprintId, provider }: Living): void {
    this.#all += 1;
    count(this.#byProvider, provider);
    if (projectId !== null) count(this.#byProject, projectId);
    if (sprintId !== null) count(this.#bySprint, sprintId);
  }

  /** How many more agents there may be in all. */
  get left(): number {
    return Math.max(0, this.#limits.agents - this.#all);
  }

  forProvider(provider: string): boolean {
    const most = this.#limits.perProvider[provider];
    return most === undefined || (this.#byProvider.get(provider) ?? 0) < most;
  }

  /** @param wipLimit agents at work in this sprint at once, at most; null: no limit. */
  forSprint(sprint: SprintId, wipLimit: number | null): boolean {
    return wipLimit === null || (this.#bySprint.get(sprint) ?? 0) < wipLimit;
  }

  /** Agents that live in this project. */
  inProject(project: ProjectId): number {
    return this.#byProject.get(project) ?? 0;
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
