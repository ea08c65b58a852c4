import type { LogPiece, MessageRow } from '../../../src/protocol/agent.ts';
import type { PieceWindow } from './pieceWindow.ts';
import { toolCall, type ToolCall } from './toolCall.ts';

/** One thing in the transcript, as it is read: pieces that belong together are one. */
export type Entry =
  | { readonly kind: 'session'; readonly key: string; readonly number: number; readonly time: string }
  | { readonly kind: 'said'; readonly key: string; readonly text: string; readonly time: string }
  | {
      readonly kind: 'tools';
      readonly key: string;
      readonly calls: readonly ToolCall[];
      readonly time: string;
    }
  | { readonly kind: 'note'; readonly key: string; readonly text: string; readonly time: string }
  | { readonly kind: 'raw'; readonly key: string; readonly lines: readonly string[]; readonly time: string }
  | { readonly kind: 'message'; readonly key: string; readonly message: MessageRow; readonly time: string };

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The transcript: words as they were said, tool calls and unread lines in runs, a line where a start begins, and what
 * was written to and by the agent at its time.
 */
export function entriesOf(window: PieceWindow, messages: readonly MessageRow[]): readonly Entry[] {
  const entries: Entry[] = [];
  let session = window.older > 0 ? (window.pieces[0]?.sessionNumber ?? 0) : 0;
  const waiting = messagesWithin(window, messages);
  for (const piece of window.pieces) {
    while (waiting.length > 0 && (waiting[0]?.createdAt ?? '') <= piece.time) addMessage(entries, waiting);
    if (piece.sessionNumber !== session) {
      session = piece.sessionNumber;
      entries.push({ kind: 'session', key: `session:${session}`, number: session, time: piece.time });
    }
    add(entries, piece);
  }
  while (waiting.length > 0) addMessage(entries, waiting);
  return entries;
}

/** Those of the time that the window shows; at the log's ends also what came before and after. */
function messagesWithin(
  { pieces, older, newer }: PieceWindow,
  messages: readonly MessageRow[],
): MessageRow[] {
  const [first, last] = [pieces[0]?.time ?? '', pieces.at(-1)?.time ?? ''];
  return messages.filter(
    ({ createdAt }) => (older === 0 || createdAt >= first) && (newer === 0 || createdAt <= last),
  );
}

function addMessage(entries: Entry[], waiting: MessageRow[]): void {
  const message = waiting.shift();
  if (message !== undefined)
    entries.push({ kind: 'message', key: `message:${message.id}`, message, time: message.createdAt });
}

function add(entries: Entry[], { sequence, kind, content, time }: LogPiece): void {
  const last = entries.at(-1);
  switch (kind) {
    case 'said':
      if (content.trim() !== '') entries.push({ kind, key: `said:${sequence}`, text: content, time });
      return;
    case 'note':
      entries.push({ kind, key: `note:${sequence}`, text: content, time });
      return;
    case 'used': {
      const call = toolCall(sequence, content);
      if (last?.kind === 'tools') (last as Writable<typeof last>).calls = [...last.calls, call];
      else entries.push({ kind: 'tools', key: `tools:${sequence}`, calls: [call], time });
      return;
    }
    case 'raw':
      if (last?.kind === 'raw') (last as Writable<typeof last>).lines = [...last.lines, content];
      else entries.push({ kind, key: `raw:${sequence}`, lines: [content], time });
      return;
  }
}

/** Key of the entry that a piece of the log is part of; null where the window does not show it. */
export function entryOf(entries: readonly Entry[], sequence: number): string | null {
  for (const entry of entries.toReversed()) {
    const first = Number(/^(?:said|note|tools|raw):(\d+)$/.exec(entry.key)?.[1] ?? NaN);
    if (first <= sequence) return entry.key;
  }
  return null;
}
