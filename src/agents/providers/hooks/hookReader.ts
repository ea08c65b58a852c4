import type { HookSign } from '../../../domain/agent/hookSign.ts';

/** What one hook call of a CLI means. */
export interface HookCall {
  readonly sign: HookSign;
  /** What a person is asked, or the last that the agent said. */
  readonly text: string | null;
  readonly providerSessionId: string | null;
  /** The file in which the CLI keeps this session. */
  readonly transcriptPath: string | null;
  /** What to print so that the CLI puts messages before its model; null where this hook cannot. */
  readonly output: ((messages: string) => unknown) | null;
}

/**
 * Reads what one CLI hands to its hooks. Loaded by `sloop hook` at every turn and tool call of an agent, so nothing
 * here may load anything heavy. `event` is what the CLI was told to call the hook with, where its calls do not say of
 * which event they are. Undefined: the call tells nothing.
 */
export type HookReader = (payload: HookPayload, event?: string) => HookCall | undefined;

/** The JSON object that a CLI writes to its hook's standard input; nothing in it is certain. */
export type HookPayload = Readonly<Record<string, unknown>>;

/** A field of a payload if it is a text with something in it. */
export function textIn(payload: HookPayload, field: string): string | null {
  const value = payload[field];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A field of a payload if it is an object, else an empty one. */
export function recordIn(payload: HookPayload, field: string): HookPayload {
  const value = payload[field];
  return typeof value === 'object' && value !== null ? (value as HookPayload) : {};
}

/** The texts of a list `questions`, as CLIs put several to a person at once; null where there is none. */
export function questionsIn({ questions }: HookPayload): string | null {
  const asked = (Array.isArray(questions) ? (questions as unknown[]) : []).flatMap((one) =>
    typeof one === 'object' && one !== null ? (textIn(one as HookPayload, 'question') ?? []) : [],
  );
  return asked.length === 0 ? null : asked.join(' ');
}
