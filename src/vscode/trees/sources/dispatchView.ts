import type { Client, OutputOf } from '../../../operations/client.ts';
import type { DispatchRow } from '../model/entity.ts';

type Status = OutputOf<'dispatch.status'>;

/** So many show their place. Five come from the host, so that one that moves up was among them before. */
const mostTurns = 3;

/** What dispatch does and does next, as the projects' tree shows it. */
export interface DispatchView {
  /** Whether anything is dispatched: where nothing is, nobody has to ask again. */
  readonly isOn: boolean;
  readonly limit: number;
  of(project: string): DispatchRow | null;
  /** A todo's place in what comes next in its project, from 1. */
  turnOf(todo: string): number | null;
  /** Todos that come soon: their places change with whatever is done. */
  readonly soon: readonly string[];
}

export const noDispatch: DispatchView = {
  isOn: false,
  limit: 0,
  of: () => null,
  turnOf: () => null,
  soon: [],
};

/** Where nothing is dispatched, or it cannot be told, the tree is as if there were no dispatch. */
export async function readDispatch(client: Client): Promise<DispatchView> {
  const status = await client.execute('dispatch.status', {});
  return status.ok ? dispatchView(status.value) : noDispatch;
}

/** What a person asked to run next comes first, then each project's own order. */
export function dispatchView({ limit, projects, promoted }: Status): DispatchView {
  const rows = new Map(projects.map((row) => [String(row.project), row]));
  const turns = new Map<string, number>();
  const first = promoted.filter(({ status }) => status === 'pending').map(({ id }) => id);
  first.forEach((id, index) => turns.set(id, index + 1));
  for (const { next } of projects) {
    const ahead = next.filter(({ id }) => first.includes(id)).length;
    const rest = next.filter(({ id }) => !first.includes(id));
    rest.forEach(({ id }, index) => turns.set(id, ahead + index + 1));
  }
  return {
    isOn: projects.length > 0,
    limit,
    of: (project) => rows.get(project) ?? null,
    turnOf(todo) {
      const turn = turns.get(todo);
      return turn === undefined || turn > mostTurns ? null : turn;
    },
    soon: [...turns.keys()],
  };
}
