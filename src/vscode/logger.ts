import * as vscode from 'vscode';
import type { LogFields, Logger, LogLevel } from '../base/logger.ts';

/**
 * What of the host's lines is worth sending to the window. The level that the person chose for the channel when the
 * window opened: every line less is one message less between the threads.
 */
export function wantedLevel({ logLevel }: vscode.LogOutputChannel): LogLevel {
  switch (logLevel) {
    case vscode.LogLevel.Trace:
      return 'trace';
    case vscode.LogLevel.Debug:
      return 'debug';
    case vscode.LogLevel.Info:
      return 'info';
    case vscode.LogLevel.Warning:
      return 'warn';
    case vscode.LogLevel.Error:
    case vscode.LogLevel.Off:
      return 'error';
  }
}

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
