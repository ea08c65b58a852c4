import type { Refusal } from '../base/result.ts';

/** What stands on the wire between the gateway and its clients, in one place for both. Loads nothing. */
export const executePath = '/trpc/execute';
export const changesPath = '/trpc/changes';
export const mcpPath = '/mcp';
export const healthPath = '/health';
export const credentialsPath = '/credentials';

/** Which door the caller came through; only the owner's token may name `runner`. */
export const surfaceHeader = 'x-sloop-surface';

/** The window that a person calls from, where it can run agents. */
export const windowHeader = 'x-sloop-window';

/** A call that is repeated under the same id runs once; see `Executor.execute`. */
export const requestIdHeader = 'x-sloop-request-id';

/** The longest the gateway keeps a caller waiting before it says "pending, call again". */
export const longestWaitSeconds = 45;

/** Bodies above this are refused (413). */
export const largestBody = 1_000_000;

/** Sent to `execute`. `waitSeconds` asks to hold the answer of an operation that can be waited for. */
export interface ExecuteCall {
  readonly operation: string;
  readonly input?: unknown;
  readonly waitSeconds?: number;
  /** The caller shows its agent what comes in `messages` of the answer. */
  readonly messages?: boolean;
}

/** Sent to `credentials` by the process that claimed the launch. */
export interface CredentialsCall {
  readonly agent: string;
  readonly sessionNumber: number;
  readonly pid: number;
  readonly pidStartedAt: string | null;
}

/** The same question, to be asked again: what was waited for has not come yet. */
export interface CallAgain {
  readonly operation: string;
  readonly input: unknown;
}

/** The answer of `execute`: an expected refusal is a value, a fault is an HTTP 500 without one. */
export type ExecuteReply = (
  | { readonly ok: true; readonly value: unknown; readonly pending?: CallAgain }
  | { readonly ok: false; readonly refusal: Refusal }
) & {
  /** What waited for the calling agent; it is told once. */
  readonly messages?: string;
};
