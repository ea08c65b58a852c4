/** A tool that a request offers to the model. */
export interface OfferedTool {
  readonly name: string;
  /** Responses API: the namespace that an MCP server's tools lie in. */
  readonly namespace?: string;
  /** Responses API: takes free text in place of JSON. */
  readonly freeform?: boolean;
}

/** What matters of a request, whatever the format it came in. */
export interface ModelRequest {
  readonly model: string;
  readonly stream: boolean;
  readonly tools: readonly OfferedTool[];
  /** Texts of the tool results in the history, oldest first. */
  readonly results: readonly string[];
  /** System text and the first user message: what tells one role from another. */
  readonly opening: string;
}

/** What the model answers with. */
export type Turn =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly tool: OfferedTool; readonly input: unknown };

/** One server-sent event. */
export interface ServerEvent {
  readonly event?: string;
  readonly data: unknown;
}

/** One vendor's format: how its requests are read and its answers are written. Pure; the server does the HTTP. */
export interface Wire {
  readonly name: string;
  readonly path: RegExp;
  read(body: unknown): ModelRequest;
  /** The same answer as a stream and as one document. `id` is unlike every other of this server. */
  answer(
    turn: Turn,
    request: ModelRequest,
    id: string,
  ): { events: readonly ServerEvent[]; document: unknown };
  error(type: string, message: string): unknown;
}

/** The fixed token counts of every scripted answer. */
export const scriptedUsage = { input: 100, output: 10 } as const;
