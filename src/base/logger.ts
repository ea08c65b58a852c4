export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/** Plain data beside a log line. Never secrets; prompt bodies only at `trace`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where log lines go; each home of the host brings its own. */
export interface Logger {
  log(level: LogLevel, message: string, fields?: LogFields): void;
  /** The same destination, with `topic` before each message. */
  child(topic: string): Logger;
}

export const silentLogger: Logger = { log: () => undefined, child: () => silentLogger };

const order: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error'];

/** Writes `time level topic: message {fields}` lines at or above `level` to `write`. */
export function lineLogger(
  write: (line: string) => void,
  options: { level: LogLevel; now: () => string; topic?: string },
): Logger {
  return {
    log(level, message, fields) {
      if (order.indexOf(level) < order.indexOf(options.level)) return;
      const topic = options.topic === undefined ? '' : `${options.topic}: `;
      const data = fields === undefined ? '' : ` ${JSON.stringify(fields, plainError)}`;
      write(`${options.now()} ${level} ${topic}${message}${data}`);
    },
    child: (topic) =>
      lineLogger(write, {
        ...options,
        topic: options.topic === undefined ? topic : `${options.topic}/${topic}`,
      }),
  };
}

/** `JSON.stringify` shows an Error as `{}`; its text is what a reader needs. */
function plainError(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const cause = value.cause === undefined ? {} : { cause: value.cause };
  return { name: value.name, message: value.message, stack: value.stack, ...cause };
}
