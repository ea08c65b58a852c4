/** As sysexits.h numbers them, where it has a number. */
export const exitCodes = { done: 0, refused: 1, usage: 2, noHost: 69, fault: 70 } as const;

/** The command line itself is wrong: exit 2 and a hint. */
export class UsageError extends Error {
  readonly next: string;
  constructor(message: string, next: string) {
    super(message);
    this.name = 'UsageError';
    this.next = next;
  }
}

/**
 * Whether an error is of a class, by its name: each heavy command is a bundle of its own with classes of its
 * own, so `instanceof` would not know them.
 */
export const isNamed = <T extends Error>(error: unknown, name: T['name']): error is T =>
  error instanceof Error && error.name === name;
