import type { Logger } from '../../base/logger.ts';
import { refuse, type Refusal } from '../../base/result.ts';
import type { Executor } from '../../operations/execute.ts';
import type { RequestContext } from '../router.ts';
import { messagesBeside } from '../deliverMessages.ts';
import { asFault } from '../faults.ts';
import { executeWaiting } from '../waiting.ts';
import { longestWaitSeconds, type ExecuteReply } from '../wire.ts';
import { findOperations, usableBy } from './findOperations.ts';
import { doTool, findTool, toolName, type ToolListParts } from './toolList.ts';

export interface ToolCallParts extends ToolListParts {
  readonly executor: Executor;
  readonly logger: Logger;
}

export interface ToolAnswer {
  readonly [key: string]: unknown;
  readonly content: { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: boolean;
}

type Arguments = Readonly<Record<string, unknown>>;

/** One tool call of one caller: search, or an operation by its tool name or through `sloop_do`. */
export async function callTool(
  parts: ToolCallParts,
  context: RequestContext,
  name: string,
  given: Arguments,
): Promise<ToolAnswer> {
  const { answer, ...call } = await answerTo(parts, context, name, given);
  const messages = await messagesBeside(parts, { ...context, ...call });
  return messages === null ? answer : withMessages(answer, messages);
}

interface Answered {
  readonly answer: ToolAnswer;
  readonly operation: string | undefined;
  readonly reply?: ExecuteReply;
}

async function answerTo(
  parts: ToolCallParts,
  context: RequestContext,
  name: string,
  given: Arguments,
): Promise<Answered> {
  if (name === findTool) return { answer: find(parts, context, given), operation: undefined };
  const asked =
    name === doTool ? askedByDo(parts, given) : { operation: operationOf(parts, name), input: given };
  const { operation, input } = asked;
  if (operation === undefined) return { answer: refusalAnswer(unknownTool(name)), operation };
  const reply = await run(parts, context, operation, input);
  return { answer: answerOf(reply), operation, reply };
}

/** Without the data: CLIs hand either the data or the texts to their model, and the messages are a text. */
function withMessages({ structuredContent: _data, ...answer }: ToolAnswer, messages: string): ToolAnswer {
  return { ...answer, content: [...answer.content, { type: 'text', text: messages }] };
}

function find(parts: ToolCallParts, { identity }: RequestContext, given: Arguments): ToolAnswer {
  const words = typeof given['words'] === 'string' ? given['words'] : '';
  const usable = usableBy(parts.operations, identity.caller);
  // Without words it is a table of contents: names only, because all descriptions would flood the agent.
  if (words.trim() === '') return valueAnswer({ operations: usable.map(({ id }) => id) });
  const found = findOperations(usable, words, 8);
  return found.length > 0
    ? valueAnswer({ operations: found, next: `Run one with ${doTool} {operation, input}.` })
    : refusalAnswer({
        code: 'missing',
        message: `No operation that you may run fits "${words}".`,
        next: `Try other words, or ${findTool} without words for all names.`,
      });
}

function askedByDo(parts: ToolCallParts, given: Arguments) {
  const { operation, input } = given;
  const id = typeof operation === 'string' ? operation : '';
  return { operation: operationOf(parts, id) ?? id, input: (input ?? {}) as Arguments };
}

/** Agents write `todo.complete` and `todo_complete` alike. */
const operationOf = ({ operations }: ToolCallParts, name: string): string | undefined =>
  operations.find(({ id, surfaces }) => surfaces.includes('mcp') && (toolName(id) === name || id === name))
    ?.id;

const unknownTool = (name: string): Refusal => ({
  code: 'missing',
  message: `There is no tool ${name}.`,
  next: `Search with ${findTool}, then run with ${doTool}.`,
});

async function run(
  parts: ToolCallParts,
  { identity, requestId, signal }: RequestContext,
  id: string,
  given: Arguments,
): Promise<ExecuteReply> {
  const { caller, surface } = identity;
  if (parts.executor.find(id)?.surfaces.includes('mcp') === false)
    return refuse('forbidden', `${id} is not for agents.`, `Search with ${findTool} for what is.`);
  const { wait, ...rest } = given;
  const waits = id in parts.waits;
  const input = waits ? rest : given;
  return executeWaiting(
    parts.executor.clientFor(caller, surface),
    parts.waits,
    { operation: id, input, seconds: waits && wait === true ? longestWaitSeconds : 0, signal },
    () => parts.executor.execute(caller, surface, id, input, requestId),
  );
}

function answerOf(reply: ExecuteReply): ToolAnswer {
  if (!reply.ok) return refusalAnswer(reply.refusal);
  if (reply.pending === undefined) return valueAnswer(reply.value);
  const { operation, input } = reply.pending;
  return valueAnswer({
    status: 'pending',
    next: `Nothing yet. Call again: ${toolName(operation)}, or ${doTool}, with these fields.`,
    call: { operation, input: { ...(input as object), wait: true } },
    soFar: reply.value,
  });
}

function valueAnswer(value: unknown): ToolAnswer {
  const text = JSON.stringify(value) ?? 'null';
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return {
    content: [{ type: 'text', text }],
    ...(isObject ? { structuredContent: value as Record<string, unknown> } : {}),
  };
}

const refusalAnswer = ({ message, next }: Refusal): ToolAnswer => ({
  content: [{ type: 'text', text: `${message}\nNext: ${next}` }],
  isError: true,
});

/** A bug becomes an answer too: an agent's turn must not hang or die on it. */
export function faultAnswer(logger: Logger, name: string, error: unknown): ToolAnswer {
  const { message } = asFault(logger, name, error);
  return {
    content: [{ type: 'text', text: `${message}\nNext: try once more, then go on without it.` }],
    isError: true,
  };
}
