import type { Result } from '../../base/result.ts';

export interface CallOptions {
  /**
   * Makes a repeated write safe: the host runs one request id once and gives the remembered answer to the repeats.
   * Without it a call whose answer was lost is not repeated by the link.
   */
  readonly requestId?: string;
  /** Ends the call early; it then fails with `HostAway`. */
  readonly signal?: AbortSignal;
}

/**
 * The thinnest way to the owner of a store: one call, one answer. Refusals are values. It rejects with `HostAway`
 * when no owner could be reached, and with `HostFault` when the host itself failed.
 */
export interface HostLink {
  execute(operation: string, input: unknown, options?: CallOptions): Promise<Result<unknown>>;
}

/** No owner answered. `sent` says whether the call may have arrived all the same. */
export class HostAway extends Error {
  readonly sent: boolean;
  constructor(message: string, options: { sent: boolean; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HostAway';
    this.sent = options.sent;
  }
}

/** The host answered that it failed; `reference` is in its log. */
export class HostFault extends Error {
  readonly reference: string | null;
  constructor(message: string, reference: string | null) {
    super(message);
    this.name = 'HostFault';
    this.reference = reference;
  }
}
