import type { LogFields, LogLevel } from '../base/logger.ts';
import type { Refusal, Result } from '../base/result.ts';
import type { Event } from '../domain/event/event.ts';
import type { ReadyLaunch } from '../operations/agent/supervision.ts';

/** What the worker needs to open a host; plain data. */
export interface HostWorkerData {
  readonly workspace: string;
  readonly storeDir: string;
  readonly sloop: { readonly command: string; readonly args: readonly string[] };
  readonly version: string;
  /** This window among all that use the store. */
  readonly window: string;
  readonly logLevel: LogLevel;
}

/** How a terminal's process ended, as far as the editor knows. */
export interface TerminalEnd {
  readonly exitCode: number | null;
}

/** A store that was damaged and put back, said to the person. */
export interface RestoredStore {
  readonly from: string;
  readonly takenAt: string;
  readonly damagedFile: string;
}

/** What the worker does for the window. */
export type HostWorkerCalls = {
  execute(call: { readonly operation: string; readonly input: unknown }): Promise<Result<unknown>>;
  /** Ends cleanly; the worker then ends by itself. */
  close(argument: null): Promise<void>;
};

/** What the window does for the worker. */
export type HostWindowCalls = {
  /** This window's host owns the store now. */
  opened(at: { readonly url: string; readonly restored: RestoredStore | null }): void;
  /** Another process owns it: this window is its client until that ends. */
  owned(by: { readonly pid: number }): void;
  /** There is no host, and trying again needs the person. */
  refused(refusal: Refusal): void;
  changed(events: readonly Event[]): void;
  log(line: { readonly level: LogLevel; readonly message: string; readonly fields?: LogFields }): void;
  /** A secret that the editor keeps; null where it has none of that key. It goes to a gateway's answer alone. */
  getSecret(key: string): Promise<string | null>;
  deleteSecret(key: string): Promise<void>;
  /** Runs `sloop run NAME` in an integrated terminal; answers when its process has ended. */
  run(launch: ReadyLaunch): Promise<TerminalEnd>;
};
