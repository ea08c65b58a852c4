import { randomBytes } from 'node:crypto';
import type { Logger } from '../base/logger.ts';

/** What the caller hears of a bug or a broken machine: a reference to the log, and nothing of its inside. */
export class Fault extends Error {
  readonly reference: string;
  constructor(reference: string, cause: unknown) {
    super(`Sloop itself failed here; its log has the details under ${reference}.`, { cause });
    this.name = 'Fault';
    this.reference = reference;
  }
}

/** Logs an unexpected error whole and gives back what may be told. The one place where the gateway does so. */
export function asFault(logger: Logger, what: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const reference = randomBytes(5).toString('hex');
  logger.log('error', `${what} failed`, { reference, error });
  return new Fault(reference, error);
}
