import type { LogPiece, Result } from '../../src/protocol/agent.ts';
import { ReadRefused, type AgentClient } from './agentFeed.ts';
import {
  behind,
  emptyWindow,
  endOf,
  mostPieces,
  withNewer,
  withOlder,
  type PieceWindow,
} from './model/pieceWindow.ts';

/** What a search found: the newest finds, and how many older ones there are. */
export interface Finds {
  readonly text: string;
  readonly items: readonly LogPiece[];
  readonly more: number;
  readonly next: string | null;
}

const pageSize = 200;
const mostAtOnce = 500;

/** Reads one agent's log in stretches. What is asked for runs one after the other, so no piece comes twice. */
export class LogFeed {
  readonly #client: AgentClient;
  readonly #agent: string;
  #turn: Promise<unknown> = Promise.resolve();
  window: PieceWindow = emptyWindow;

  constructor(client: AgentClient, agent: string) {
    this.#client = client;
    this.#agent = agent;
  }

  /** The newest pieces, whatever was in the page before. */
  toEnd(): Promise<void> {
    return this.#inTurn(async () => {
      const { items, more } = await this.#read({ newest: true, limit: pageSize });
      this.window = endOf(items, more);
    });
  }

  /**
   * Takes in what was written since. Somebody who reads older pieces keeps them in the page, and what is new is
   * counted; a burst that is larger than the page begins at its end.
   */
  follow(atEnd: boolean): Promise<void> {
    return this.#inTurn(async () => {
      const last = this.window.pieces.at(-1);
      const { items, more } = await this.#read({
        ...(last === undefined ? {} : { after: String(last.sequence) }),
        limit: atEnd ? mostAtOnce : 1,
      });
      if (!atEnd && last !== undefined) this.window = behind(this.window, items.length + more);
      else if (items.length + more > mostPieces - pageSize || last === undefined) {
        const end = await this.#read({ newest: true, limit: pageSize });
        this.window = endOf(end.items, end.more);
      } else this.window = withNewer(this.window, items, more);
    });
  }

  older(): Promise<void> {
    return this.#inTurn(async () => {
      const first = this.window.pieces[0];
      if (first === undefined || this.window.older === 0) return;
      const after = String(first.sequence);
      const { items, more } = await this.#read({ newest: true, after, limit: pageSize });
      this.window = withOlder(this.window, items, more);
    });
  }

  newer(): Promise<void> {
    return this.#inTurn(async () => {
      const last = this.window.pieces.at(-1);
      if (last === undefined || this.window.newer === 0) return;
      const { items, more } = await this.#read({ after: String(last.sequence), limit: pageSize });
      this.window = withNewer(this.window, items, more);
    });
  }

  /** A piece with what lies around it. */
  around(sequence: number): Promise<void> {
    return this.#inTurn(async () => {
      const [before, after] = await Promise.all([
        this.#read({ newest: true, after: String(sequence + 1), limit: pageSize }),
        this.#read({ after: String(sequence), limit: pageSize }),
      ]);
      this.window = withNewer(endOf(before.items, before.more), after.items, after.more);
    });
  }

  async find(text: string, before?: Finds): Promise<Finds> {
    const after = before?.next ?? undefined;
    const page = await this.#read({
      text,
      newest: true,
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    return {
      text,
      items: [...(before?.items ?? []), ...page.items],
      more: page.more,
      next: page.next,
    };
  }

  async #read(input: {
    readonly newest?: boolean;
    readonly after?: string;
    readonly text?: string;
    readonly limit: number;
  }) {
    return valueOf(await this.#client.execute('agent.log', { agent: this.#agent, ...input }));
  }

  #inTurn(job: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(job);
    // A failure is the asker's; the next one gets its turn all the same.
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ReadRefused(`${result.refusal.message} ${result.refusal.next}`);
}
