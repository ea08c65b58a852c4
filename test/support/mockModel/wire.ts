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

/** How the endpoint fails, in its vendor's words. */
export interface ModelFailure {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  /** Further fields of the error, as its vendor has them: when an exhausted account resets. */
  readonly more?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One server-sent event; text stands as it is. */
export interface ServerEvent {
  readonly event?: string;
  readonly data: unknown;
}

/** One vendor's format: how its requests are read and its answers are written. Pure; the server does the HTTP. */
export interface Wire {
  readonly name: string;
  readonly path: RegExp;
  read(body: unknown, path: string): ModelRequest;
  /** The same answer as a stream and as one document. `id` is unlike every other of this server. */
  answer(
    turn: Turn,
    request: ModelRequest,
    id: string,
  ): { events: readonly ServerEvent[]; document: unknown };
  error(failure: ModelFailure): unknown;
}

/** The fixed token counts of every scripted answer. */
export const scriptedUsage = { input: 100, output: 10 } as const;
