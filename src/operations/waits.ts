import type { OperationId, OutputOf } from './client.ts';

/**
 * What an operation's caller may wait for. Operations themselves never wait: a surface runs the operation, and as
 * long as `done` says no it reads again with `read` after each change, for a bounded time.
 */
export interface Wait {
  /** The operation to ask again with; it is itself in this table. */
  readonly read: OperationId;
  /** Its input, from what the first operation returned and took. */
  readonly input: (output: never, input: never) => unknown;
  /** Whether the output of this operation is the end of the wait. */
  readonly done: (output: never) => boolean;
  /** One line on what is waited for, for help texts. */
  readonly what: string;
  /** Whether a person's command line waits unless told not to. */
  readonly byDefault: boolean;
  /** Field of the final output that is all a terminal needs to show, where there is one. */
  readonly answer?: string;
}

const same = (_output: unknown, input: unknown): unknown => input;

const answered = {
  read: 'message.show',
  done: ({ status }: OutputOf<'message.show'>) => status !== 'pending',
  what: 'for the answer',
  answer: 'answer',
} as const;

const loopAtRest = {
  read: 'loop.show',
  done: ({ status }: Pick<OutputOf<'loop.show'>, 'status'>) => status !== 'running',
  what: 'until it ends, pauses or needs a person',
  byDefault: false,
} as const;

/** By operation id. */
export const waits: Readonly<Record<string, Wait>> = {
  'message.ask': {
    ...answered,
    // Who parks has said that it will not wait.
    done: ({ status, parked }: OutputOf<'message.ask'>) => status !== 'pending' || parked,
    input: ({ id }: OutputOf<'message.ask'>) => ({ message: id }),
    byDefault: true,
  },
  'message.show': { ...answered, input: same, byDefault: false },
  'message.listen': {
    read: 'message.listen',
    input: same,
    done: ({ question }: OutputOf<'message.listen'>) => question !== null,
    what: 'for a question',
    byDefault: true,
  },
  'loop.start': { ...loopAtRest, input: ({ id }: OutputOf<'loop.start'>) => ({ loop: id }) },
  'loop.show': { ...loopAtRest, input: same },
};
