import type { Result } from '../base/result.ts';
import type { Event } from '../domain/event/event.ts';
import type { InputOf, OperationId, OutputOf } from '../operations/client.ts';

/** What every webview may ask of the extension. Arguments are checked there (`vscode/webviews/`). */
export type ViewHostCalls<Id extends OperationId, Subject> = {
  /** The first call: which thing the view shows. */
  ready(argument: null): Promise<Subject>;
  /** Only the operations that the view lists; the host parses the input as for any caller. */
  execute(call: { readonly operation: Id; readonly input: unknown }): Promise<Result<unknown>>;
  /** What went wrong in the view, for Sloop's log. */
  report(fault: { readonly message: string }): void;
};

/** What the extension says to every webview. */
export type ViewCalls = {
  /** Committed changes of what the view shows. */
  changed(events: readonly Event[]): void;
};

/** The operation table as a view sees it. */
export interface ViewClient<Id extends OperationId> {
  execute<I extends Id>(id: I, input: InputOf<I>): Promise<Result<OutputOf<I>>>;
}
