import assert from 'node:assert/strict';
import { Lanes } from '../../../src/engine/lanes.ts';

/** Jobs that end when they are told to. */
class Jobs {
  readonly started: string[] = [];
  readonly #ends = new Map<string, () => void>();

  job(name: string): () => Promise<string> {
    return () => {
      this.started.push(name);
      return new Promise((resolve) => this.#ends.set(name, () => resolve(name)));
    };
  }

  async end(name: string): Promise<void> {
    this.#ends.get(name)?.();
    await turn();
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('lanes', () => {
  it('run one lane’s jobs in order and others beside them, so many at once', async () => {
    const [lanes, jobs] = [new Lanes(2), new Jobs()];
    const results = ['a1', 'a2', 'b1', 'c1'].map((name) => lanes.run(name[0] ?? '', jobs.job(name)));
    await turn();
    assert.deepEqual(jobs.started, ['a1', 'b1']);
    await jobs.end('b1');
    assert.deepEqual(jobs.started, ['a1', 'b1', 'c1']);
    await jobs.end('a1');
    assert.deepEqual(jobs.started, ['a1', 'b1', 'c1', 'a2']);
    await jobs.end('a2');
    await jobs.end('c1');
    assert.deepEqual(await Promise.all(results), ['a1', 'a2', 'b1', 'c1']);
    await lanes.settled();
  });

  it('go on after a failure, which reaches whoever asked', async () => {
    const lanes = new Lanes(1);
    const failed = lanes.run('a', () => Promise.reject(new Error('no')));
    const next = lanes.run('a', () => Promise.resolve('yes'));
    await assert.rejects(failed, /no/);
    assert.equal(await next, 'yes');
    await lanes.settled();
  });
});
