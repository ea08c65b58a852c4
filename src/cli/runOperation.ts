import type { Refusal } from '../base/result.ts';
import type { HttpClient } from '../gateway/client/httpClient.ts';
import type { OutputOf } from '../operations/client.ts';
import { longestWaitSeconds, type CallAgain, type ExecuteReply } from '../gateway/wire.ts';
import type { Command } from './commandTable.ts';
import { exitCodes } from './exitCodes.ts';
import { isRecord } from './format/cellText.ts';
import { loopText } from './format/loopText.ts';
import { outputText } from './format/output.ts';
import { paintWith } from './format/paint.ts';
import type { ParsedArguments } from './parseArguments.ts';
import type { Terminal } from './terminal.ts';

/** Runs one operation and prints what came of it. */
export async function runOperation(
  command: Command,
  parsed: ParsedArguments,
  terminal: Terminal,
  client: HttpClient,
): Promise<number> {
  const reply = await callAndWait(command, parsed, terminal, client);
  if (!reply.ok) {
    terminal.err(refusalLines(reply.refusal, parsed.json));
    return exitCodes.refused;
  }
  if (reply.pending !== undefined) {
    terminal.err(lateText(reply.pending));
    return exitCodes.refused;
  }
  terminal.out(
    parsed.json ? `${JSON.stringify(reply.value, null, 2)}\n` : readable(command, reply.value, terminal),
  );
  return exitCodes.done;
}

function readable({ id, wait, words }: Command, value: unknown, terminal: Terminal): string {
  const paint = paintWith(terminal.colour);
  if (id === 'loop.show') return `${loopText(value as OutputOf<'loop.show'>, paint)}\n`;
  const answer = wait?.answer === undefined || !isRecord(value) ? null : value[wait.answer];
  if (typeof answer === 'string') return `${answer.trimEnd()}\n`;
  return outputText(value, plural(words), { columns: terminal.columns, paint });
}

/** The host holds an answer for 45 s at most, so a longer wait is several calls. */
async function callAndWait(
  command: Command,
  { input, wait, timeoutSeconds }: ParsedArguments,
  terminal: Terminal,
  client: HttpClient,
): Promise<ExecuteReply> {
  const until = Date.now() + (timeoutSeconds ?? Infinity) * 1000;
  const rest = () => Math.min(longestWaitSeconds, Math.max(0, (until - Date.now()) / 1000));
  const waits = command.wait !== undefined && (wait || timeoutSeconds !== null);
  // A write whose answer was lost may be sent again under its id; a read needs none to be repeated.
  const requestId = freshRequestId();
  let call = { operation: command.id, input: input as unknown };
  for (;;) {
    const reply = await client.call({ ...call, ...(waits ? { waitSeconds: rest() } : {}) }, { requestId });
    // Beside the result, which another program may be reading.
    if (reply.messages !== undefined) terminal.err(`${reply.messages}\n`);
    if (!reply.ok || reply.pending === undefined || rest() === 0) return reply;
    call = reply.pending;
  }
}

/** Unique enough to tell one command from another; a random source would cost the hot path a module. */
const freshRequestId = (): string =>
  `${process.pid}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

const refusalLines = (refusal: Refusal, json: boolean): string =>
  json ? `${JSON.stringify(refusal, null, 2)}\n` : `${refusal.message}\n${refusal.next}\n`;

function lateText({ operation, input }: CallAgain): string {
  const fields = Object.values(input as object).filter((value) => typeof value === 'string');
  return `Nothing has come in that time.\nLook again: sloop ${[...operation.split('.'), ...fields].join(' ')}\n`;
}

const plural = ([noun = '', ...verb]: readonly string[]): string =>
  verb.length === 0 ? '' : noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
