/** How many agents may live at once. */
export interface AgentLimits {
  /** In all, whoever started them. Dispatch starts no more; a person may. */
  readonly agents: number;
  /** By provider, where one has a limit of its own. */
  readonly perProvider: Readonly<Record<string, number>>;
}

export const usualLimits: AgentLimits = { agents: 5, perProvider: {} };
