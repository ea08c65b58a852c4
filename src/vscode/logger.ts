import type * as vscode from 'vscode';
import type { LogFields, Logger, LogLevel } from '../base/logger.ts';

/** Writes to the output channel "Sloop"; the person chooses its level there. */
export function channelLogger(channel: vscode.LogOutputChannel, topic?: string): Logger {
  return {
    log(level, message, fields) {
      const line = topic === undefined ? message : `${topic}: ${message}`;
      channel[level satisfies LogLevel](
        fields === undefined ? line : `${line} ${JSON.stringify(fields, plainError)}`,
      );
    },
    child: (name) => channelLogger(channel, topic === undefined ? name : `${topic}/${name}`),
  };
}

const plainError = (_key: string, value: LogFields[string]): unknown =>
  value instanceof Error ? (value.stack ?? value.message) : value;
