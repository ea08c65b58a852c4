import { expectOk } from '../../base/result.ts';
import type { Client, OperationId } from '../../operations/client.ts';
import type { Reference } from './fields.ts';
import type { Choice, Choices } from './prompter.ts';
import { rowChoice } from './rowChoice.ts';

type Row = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, unknown>>;

interface Listing {
  readonly operation: OperationId;
  readonly query?: Query;
  /** Where the rows stand in the answer. */
  readonly under?: string;
  /** Finds rows by words, where there may be too many to list. */
  readonly search?: OperationId;
}

/** Where the current rows come from. A todo or an artifact can be one of thousands: those are searched. */
const listings: Readonly<Partial<Record<Reference, Listing>>> = {
  project: { operation: 'project.list' },
  repository: { operation: 'repository.list' },
  sprint: { operation: 'sprint.list', query: { origin: 'person' } },
  todo: { operation: 'todo.list', search: 'todo.search' },
  artifact: { operation: 'artifact.list', search: 'artifact.search' },
  session: { operation: 'session.list' },
  agent: { operation: 'agent.list' },
  loop: { operation: 'loop.list' },
  message: { operation: 'message.inbox', query: { kind: ['question', 'message'] } },
  comment: { operation: 'artifact.comments' },
  version: { operation: 'artifact.versions' },
  worktree: { operation: 'worktree.list', query: { everywhere: true } },
  merge: { operation: 'merge.list' },
  proposal: { operation: 'proposal.list' },
  account: { operation: 'account.list' },
  role: { operation: 'role.list' },
  definition: { operation: 'loop.definitions', under: 'definitions' },
};

const pageSize = 200;
/** So many are listed where there is no search; more than that, no list is of use. */
const mostPages = 25;

/**
 * The rows there are now, as choices. `narrowed` is what the listing operation is asked besides; a list that can
 * be searched stops after its first page and says how many more there are.
 */
export async function currentRows(client: Client, to: Reference, narrowed: Query): Promise<Choices> {
  const listing = listings[to];
  const toChoice = rowChoice[to];
  if (listing === undefined || toChoice === undefined) return { choices: [], more: 0 };
  const { operation, query, under, search } = listing;
  if (under !== undefined) {
    const answer = await ask(client, operation, {});
    return { choices: (answer[under] as readonly Row[]).map(toChoice), more: 0 };
  }
  const choices: Choice[] = [];
  let more = 0;
  let after: unknown;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await ask(client, operation, {
      ...query,
      ...narrowed,
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    choices.push(...(answer['items'] as readonly Row[]).map(toChoice));
    more = answer['more'] as number;
    after = answer['next'] ?? undefined;
    if (after === undefined || search !== undefined) break;
  }
  if (search === undefined || more === 0) return { choices, more };
  return { choices, more, search: (text) => found(client, search, text, narrowed, toChoice) };
}

/** Rows of a list that another row's `show` tells: what a todo waits for, the moves that a sprint can make. */
export async function rowsWithin(
  client: Client,
  noun: string,
  ref: unknown,
  list: string,
): Promise<readonly unknown[]> {
  const shown = await ask(client, `${noun}.show` as OperationId, { [noun]: ref });
  return shown[list] as readonly unknown[];
}

/** A row by what it is known by; undefined where it is gone. */
export async function shownRow(client: Client, noun: string, ref: unknown): Promise<Row | undefined> {
  const shown = await client.executeNamed(`${noun}.show`, { [noun]: ref });
  return shown.ok ? (shown.value as Row) : undefined;
}

/** Search finds rows of every status: those that the question is not about are left out here. */
async function found(
  client: Client,
  operation: OperationId,
  text: string,
  narrowed: Query,
  toChoice: (row: Row) => Choice,
): Promise<readonly Choice[]> {
  const answer = await ask(client, operation, { text, limit: pageSize });
  const statuses = narrowed['status'] as readonly unknown[] | undefined;
  return (answer['items'] as readonly Row[])
    .filter((row) => statuses === undefined || statuses.includes(row['status']))
    .map(toChoice);
}

const ask = async (client: Client, operation: OperationId, input: Query): Promise<Row> =>
  expectOk(await client.executeNamed(operation, input)) as Row;
