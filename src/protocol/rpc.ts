import type { Disposable } from '../base/disposables.ts';

/** One end of a channel that carries plain data both ways: a worker's port, a webview. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
}

/** What one side does when the other asks: a function of one argument for each name. */
export type Handlers = Readonly<Record<string, (argument: never) => unknown>>;

type ArgumentOf<F> = F extends (argument: infer A) => unknown ? A : never;
type AnswerOf<F> = F extends (argument: never) => infer R ? Awaited<R> : never;

/** The far side's handlers, as calls. */
export interface Rpc<Theirs extends Handlers> extends Disposable {
  /** Asks and waits for the answer. Rejects with `RpcFault` when the far side failed, `RpcClosed` when it is gone. */
  call<Name extends keyof Theirs & string>(
    name: Name,
    argument: ArgumentOf<Theirs[Name]>,
  ): Promise<AnswerOf<Theirs[Name]>>;
  /** Says something that has no answer. */
  tell<Name extends keyof Theirs & string>(name: Name, argument: ArgumentOf<Theirs[Name]>): void;
}

/** The far side ended, or this end was disposed of, before the answer came. */
export class RpcClosed extends Error {
  constructor() {
    super('The other side has ended.');
    this.name = 'RpcClosed';
  }
}

/** The far side's handler threw. */
export class RpcFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RpcFault';
  }
}

type Envelope =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly argument: unknown }
  | { readonly kind: 'tell'; readonly name: string; readonly argument: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly message: string };

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * Calls in both directions over one port. Handlers get what the far side sent as it came: one that is not trusted
 * (a webview) is checked by the handler itself.
 * @param onFault what to do with a handler's failure, besides telling the asker.
 */
export function createRpc<Theirs extends Handlers>(
  port: Port,
  mine: Handlers,
  onFault: (name: string, error: unknown) => void,
): Rpc<Theirs> {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let closed = false;
  const subscription = port.onMessage((message) => {
    if (!closed && isEnvelope(message)) void receive(message);
  });

  async function receive(message: Envelope): Promise<void> {
    switch (message.kind) {
      case 'answer':
        return settle(message.id, (asker) => asker.resolve(message.value));
      case 'fault':
        return settle(message.id, (asker) => asker.reject(new RpcFault(message.message)));
      case 'tell':
        await handle(message.name, message.argument).catch((error: unknown) => onFault(message.name, error));
        return;
      case 'call':
        return answer(message.id, message.name, message.argument);
    }
  }

  async function answer(id: number, name: string, argument: unknown): Promise<void> {
    try {
      const value = await handle(name, argument);
      if (!closed) port.post({ kind: 'answer', id, value } satisfies Envelope);
    } catch (error) {
      onFault(name, error);
      const text = error instanceof Error ? error.message : String(error);
      if (!closed) port.post({ kind: 'fault', id, message: text } satisfies Envelope);
    }
  }

  async function handle(name: string, argument: unknown): Promise<unknown> {
    const handler = Object.hasOwn(mine, name) ? mine[name] : undefined;
    if (handler === undefined) throw new Error(`There is nothing called ${name} here.`);
    return await handler(argument as never);
  }

  function settle(id: number, how: (asker: Waiting) => void): void {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (asker !== undefined) how(asker);
  }

  return {
    call(name, argument) {
      if (closed) return Promise.reject(new RpcClosed());
      const id = (lastId += 1);
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: resolve, reject });
        port.post({ kind: 'call', id, name, argument } satisfies Envelope);
      });
    },
    tell(name, argument) {
      if (!closed) port.post({ kind: 'tell', name, argument } satisfies Envelope);
    },
    dispose() {
      if (closed) return;
      closed = true;
      subscription.dispose();
      for (const asker of waiting.values()) asker.reject(new RpcClosed());
      waiting.clear();
    },
  };
}

function isEnvelope(message: unknown): message is Envelope {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const { kind } = message;
  if (kind === 'call' || kind === 'tell') return 'name' in message && typeof message.name === 'string';
  return (kind === 'answer' || kind === 'fault') && 'id' in message && typeof message.id === 'number';
}
