import assert from 'node:assert/strict';
import { GatheredWrites } from '../../../../src/store/sqlite/gatheredWrites.ts';

const bytes = (text: string) => Buffer.from(text);

/** What was written, as `position:text`, by a file system that takes at most `most` bytes at a time. */
function writer(most = Infinity) {
  const written: string[] = [];
  const write = (from: Uint8Array, offset: number, length: number, position: number) => {
    const taken = Math.min(length, most);
    written.push(`${position}:${Buffer.from(from.subarray(offset, offset + taken)).toString()}`);
    return taken;
  };
  return { written, write };
}

describe('gathered writes', () => {
  it('writes what follows one another at once', () => {
    const gathered = new GatheredWrites();
    assert.ok(gathered.take(bytes('header'), 100));
    assert.ok(gathered.take(bytes('page'), 106));
    const { written, write } = writer();
    gathered.writeOut(write);
    assert.deepEqual(written, ['100:headerpage']);
    gathered.writeOut(write);
    assert.equal(written.length, 1, 'it keeps nothing that was written');
  });

  it('keeps its own copy, since the memory that a write came from is used again', () => {
    const gathered = new GatheredWrites();
    const source = bytes('page');
    gathered.take(source, 0);
    source.fill('x');
    const { written, write } = writer();
    gathered.writeOut(write);
    assert.deepEqual(written, ['0:page']);
  });

  it('refuses what does not follow, before and behind', () => {
    for (const position of [0, 9, 11, 200]) {
      const gathered = new GatheredWrites();
      gathered.take(bytes('0123456789'), 0);
      assert.equal(gathered.take(bytes('late'), position), false);
    }
  });

  it('refuses what it has no room for, and takes a piece of any size when it is empty', () => {
    const gathered = new GatheredWrites();
    const large = Buffer.alloc(300_000, 'a');
    assert.ok(gathered.take(large, 0));
    assert.equal(gathered.take(bytes('b'), large.length), false);
    const { written, write } = writer();
    gathered.writeOut(write);
    assert.equal(written.join('').length, '0:'.length + large.length);
    assert.ok(gathered.take(bytes('b'), large.length));
  });

  it('goes on where a disk took only a part', () => {
    const gathered = new GatheredWrites();
    gathered.take(bytes('abcdefgh'), 10);
    const { written, write } = writer(3);
    gathered.writeOut(write);
    assert.deepEqual(written, ['10:abc', '13:def', '16:gh']);
  });

  it('forgets what a disk refused: the commit that it belonged to is refused too', () => {
    const gathered = new GatheredWrites();
    gathered.take(bytes('lost'), 0);
    const full = () => {
      throw new Error('disk full');
    };
    assert.throws(() => gathered.writeOut(full), /disk full/);
    const { written, write } = writer();
    gathered.writeOut(write);
    assert.deepEqual(written, []);
  });
});
