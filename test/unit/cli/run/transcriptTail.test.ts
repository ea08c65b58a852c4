import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TranscriptTail } from '../../../../src/cli/run/transcriptTail.ts';
import { waitFor } from '../../../support/waitFor.ts';

describe('reading along in a session’s file', () => {
  let folder: string;
  let seen: string[];
  let faults: unknown[];
  let tail: TranscriptTail;
  const since = new Date('2026-11-21T10:00:00.000Z');
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-tail-'));
    seen = [];
    faults = [];
    tail = new TranscriptTail({
      folder,
      parser: { push: (line) => [{ kind: 'said', text: (JSON.parse(line) as { text: string }).text }] },
      since,
      onLine: (observations) =>
        seen.push(...observations.flatMap((one) => (one.kind === 'said' ? one.text : []))),
      onFault: (error) => faults.push(error),
    });
  });
  afterEach(async () => {
    await tail.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (name: string) => path.join(folder, name);
  const line = (text: string, minute = 1) =>
    `${JSON.stringify({ text, timestamp: `2026-11-21T10:${String(minute).padStart(2, '0')}:00.000Z` })}\n`;
  const name = (target: string) => writeFileSync(file('transcript'), target);

  it('tells each line once, as it comes, and a half line when it is whole', async () => {
    name(file('one.jsonl'));
    writeFileSync(file('one.jsonl'), line('first'));
    await waitFor(() => seen.length === 1);
    const second = line('second äöü');
    appendFileSync(file('one.jsonl'), second.slice(0, 12));
    appendFileSync(file('one.jsonl'), second.slice(12));
    await tail.end();
    assert.deepEqual(seen, ['first', 'second äöü']);
  });

  it('leaves out what was done before this process began', async () => {
    name(file('one.jsonl'));
    const before = JSON.stringify({ text: 'old', timestamp: '2026-11-21T09:59:59.999Z' });
    writeFileSync(file('one.jsonl'), `${before}\n{"text":"timeless"}\n${line('new')}`);
    await tail.end();
    assert.deepEqual(seen, ['new']);
  });

  it('goes on in another file when the session does', async () => {
    name(file('one.jsonl'));
    writeFileSync(file('one.jsonl'), line('first'));
    await waitFor(() => seen.length === 1);
    writeFileSync(file('two.jsonl'), line('other'));
    name(file('two.jsonl'));
    await tail.end();
    assert.deepEqual(seen, ['first', 'other']);
  });

  it('waits for a file that is not there yet, and says once what it cannot read', async () => {
    await tail.end();
    name(file('absent.jsonl'));
    await tail.end();
    assert.deepEqual([seen, faults], [[], []]);
    name(folder);
    await tail.end();
    await tail.end();
    assert.equal(faults.length, 1);
  });
});
