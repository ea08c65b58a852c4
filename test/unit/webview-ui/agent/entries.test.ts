import assert from 'node:assert/strict';
import type { LogPiece, MessageRow } from '../../../../src/protocol/agent.ts';
import { entriesOf, entryOf } from '../../../../webview-ui/agent/model/entries.ts';
import { excerptOf } from '../../../../webview-ui/agent/model/excerpt.ts';
import {
  behind,
  emptyWindow,
  endOf,
  mostPieces,
  withNewer,
  withOlder,
  type PieceWindow,
} from '../../../../webview-ui/agent/model/pieceWindow.ts';
import { toolCall, toolIcon, toolNames } from '../../../../webview-ui/agent/model/toolCall.ts';

const time = (minute: number) => `2026-11-20T09:${String(minute).padStart(2, '0')}:00.000Z`;
const piece = (sequence: number, kind: LogPiece['kind'], content = 'x', session = 1): LogPiece =>
  ({ sequence, kind, content, time: time(sequence), sessionNumber: session }) as LogPiece;
const message = (minute: number, body: string): MessageRow =>
  ({ id: `m${minute}`, body, createdAt: time(minute), status: 'sent' }) as unknown as MessageRow;
const at = (pieces: readonly LogPiece[], more: Partial<PieceWindow> = {}): PieceWindow => ({
  pieces,
  older: 0,
  newer: 0,
  ...more,
});
const keys = (window: PieceWindow, messages: readonly MessageRow[] = []) =>
  entriesOf(window, messages).map(({ key }) => key);

describe('a transcript', () => {
  it('puts runs of tools and unread lines together, and says where a start begins', () => {
    const pieces = [
      piece(1, 'said'),
      piece(2, 'used', 'Read: a.ts'),
      piece(3, 'used', 'Edit: a.ts'),
      piece(4, 'raw'),
      piece(5, 'raw'),
      piece(6, 'used', 'Bash: npm test'),
      piece(7, 'said', '  '),
      piece(8, 'note', 'ended', 2),
    ];
    assert.deepEqual(keys(at(pieces)), [
      'session:1',
      'said:1',
      'tools:2',
      'raw:4',
      'tools:6',
      'session:2',
      'note:8',
    ]);
  });

  it('does not take the upper edge of what is loaded for the beginning of a session', () => {
    assert.deepEqual(keys(at([piece(5, 'said', 'x', 3)], { older: 4 })), ['said:5']);
  });

  it('puts messages at their time, and none that lie outside of what is loaded', () => {
    const pieces = [piece(10, 'said'), piece(20, 'said')];
    const messages = [message(5, 'before'), message(15, 'between'), message(30, 'after')];
    assert.deepEqual(keys(at(pieces), messages), [
      'message:m5',
      'session:1',
      'said:10',
      'message:m15',
      'said:20',
      'message:m30',
    ]);
    assert.deepEqual(keys(at(pieces, { older: 9, newer: 9 }), messages), [
      'said:10',
      'message:m15',
      'said:20',
    ]);
  });

  it('finds the entry that a piece is part of', () => {
    const entries = entriesOf(
      at([piece(1, 'said'), piece(2, 'used'), piece(3, 'used'), piece(4, 'said')]),
      [],
    );
    assert.deepEqual(
      [entryOf(entries, 3), entryOf(entries, 4), entryOf(entries, 0)],
      ['tools:2', 'said:4', null],
    );
  });
});

describe('the stretch of a log in the page', () => {
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => piece(from + index, 'said'));

  it('begins at the end, and takes what is new once', () => {
    const window = endOf(many(1, 3).toReversed(), 7);
    const next = withNewer(window, [...many(3, 1), ...many(4, 2)], 0);
    assert.deepEqual(
      [next.pieces.map(({ sequence }) => sequence), next.older, next.newer],
      [[1, 2, 3, 4, 5], 7, 0],
    );
  });

  it('never grows beyond its size, and counts what went at either end', () => {
    const full = at(many(1001, mostPieces), { older: 1000 });
    const newer = withNewer(full, many(1001 + mostPieces, 50), 5);
    assert.deepEqual([newer.pieces.length, newer.older, newer.newer], [mostPieces, 1050, 5]);
    const older = withOlder(full, many(801, 200).toReversed(), 800);
    assert.deepEqual(
      [older.pieces.length, older.pieces[0]?.sequence, older.older, older.newer],
      [mostPieces, 801, 800, 200],
    );
  });

  it('only counts what comes while somebody reads further up', () => {
    assert.deepEqual(behind(at(many(1, 2)), 9).newer, 9);
    assert.equal(behind(emptyWindow, 0), emptyWindow);
  });
});

describe('a tool call', () => {
  it('is read as tool and summary, with the rest where there is more', () => {
    assert.deepEqual(toolCall(1, 'Bash: npm test\n\n1 failing'), {
      sequence: 1,
      tool: 'Bash',
      summary: 'npm test',
      rest: 'npm test\n\n1 failing',
    });
    assert.deepEqual(toolCall(2, 'mcp__sloop__report'), {
      sequence: 2,
      tool: 'mcp__sloop__report',
      summary: '',
      rest: null,
    });
    assert.equal(toolCall(3, 'looked at: two files').tool, 'tool');
    const long = toolCall(4, `Read: ${'x'.repeat(400)}`);
    assert.equal(long.summary.length, 200);
    assert.equal(long.rest?.length, 400);
  });

  it('has an icon by what it does, and runs are named by what they use most', () => {
    assert.deepEqual(
      ['Bash', 'Edit', 'WebFetch', 'mcp__sloop__todo_complete', 'Grep', 'Frobnicate'].map(toolIcon),
      ['terminal', 'edit', 'globe', 'checklist', 'search', 'tools'],
    );
    const calls = ['Read: a', 'Bash: b', 'Read: c'].map((content, index) => toolCall(index, content));
    assert.equal(toolNames(calls), 'Read 2, Bash');
  });
});

describe('a find', () => {
  it('shows a little around the words, on one line, whatever their capitals', () => {
    const text = `${'before '.repeat(20)}the\nWindow slides${' after'.repeat(60)}`;
    const { before, hit, after } = excerptOf(text, 'window SLIDES');
    assert.equal(hit, 'Window slides');
    assert.match(before, /^….*the $/);
    assert.match(after, /…$/);
    assert.ok(!`${before}${after}`.includes('\n'));
  });
});
