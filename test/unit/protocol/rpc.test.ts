import assert from 'node:assert/strict';
import { createRpc, RpcClosed, RpcFault, type Handlers, type Port } from '../../../src/protocol/rpc.ts';

type Calls = {
  double(n: number): number;
  later(text: string): Promise<string>;
  fail(argument: null): never;
};

/** Two ends of a channel that hands plain data over a turn later, as threads and webviews do. */
function channel(): readonly [Port, Port] {
  const listeners: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [
    new Set(),
    new Set(),
  ];
  const end = (mine: 0 | 1): Port => ({
    post(message) {
      const copy = structuredClone(message);
      queueMicrotask(() => listeners[mine === 0 ? 1 : 0].forEach((listener) => listener(copy)));
    },
    onMessage(listener) {
      listeners[mine].add(listener);
      return { dispose: () => listeners[mine].delete(listener) };
    },
  });
  return [end(0), end(1)];
}

describe('rpc', () => {
  const faults: string[] = [];
  const onFault = (name: string) => void faults.push(name);
  beforeEach(() => faults.splice(0));

  const pair = (handlers: Handlers) => {
    const [here, there] = channel();
    const far = createRpc(there, handlers, onFault);
    return { near: createRpc<Calls>(here, {}, onFault), far, here };
  };
  const handlers = {
    double: (n: number) => n * 2,
    later: async (text: string) => Promise.resolve(`${text}!`),
    fail: () => {
      throw new Error('no luck');
    },
  } satisfies Handlers;

  it('answers calls, each with its own answer, in whatever order they end', async () => {
    const gates: (() => void)[] = [];
    const { near } = pair({
      ...handlers,
      later: (text: string) => new Promise((done) => gates.push(() => done(text))),
    });
    const asked = ['a', 'b', 'c'].map((text) => near.call('later', text));
    await near.call('double', 1);
    for (const open of gates.reverse()) open();
    assert.deepEqual(await Promise.all(asked), ['a', 'b', 'c']);
    assert.equal(await near.call('double', 21), 42);
  });

  it('tells the asker of a failure and of a name that is not there, and names it to the far side', async () => {
    const { near } = pair(handlers);
    await assert.rejects(
      near.call('fail', null),
      (error) => error instanceof RpcFault && /no luck/.test(error.message),
    );
    for (const name of ['absent', 'toString', '__proto__'])
      await assert.rejects(near.call(name as 'fail', null), /nothing called/);
    assert.deepEqual(faults, ['fail', 'absent', 'toString', '__proto__']);
  });

  it('ends every call when it is closed, and none begins after', async () => {
    const { near } = pair({ ...handlers, later: () => new Promise(() => undefined) });
    const asked = near.call('later', 'x');
    near.dispose();
    await assert.rejects(asked, RpcClosed);
    await assert.rejects(near.call('double', 1), RpcClosed);
  });

  it('says things that have no answer, and a failure there is told to the side that failed', async () => {
    const heard: number[] = [];
    const { near } = pair({ ...handlers, double: (n: number) => void heard.push(n) });
    near.tell('double', 7);
    near.tell('fail', null);
    await near.call('later', 'after both');
    assert.deepEqual([heard, faults], [[7], ['fail']]);
  });

  it('takes no notice of messages that are not its own', async () => {
    const { near, here } = pair(handlers);
    for (const stray of [
      null,
      'text',
      7,
      {},
      { kind: 'call' },
      { kind: 'answer', id: 'x' },
      { kind: 'other', id: 1 },
    ])
      here.post(stray);
    assert.equal(await near.call('double', 2), 4);
    assert.deepEqual(faults, []);
  });
});
