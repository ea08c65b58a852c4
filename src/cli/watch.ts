import { parseArgs } from 'node:util';
import type { Event } from '../domain/event/event.ts';
import { findHost } from '../gateway/client/findHost.ts';
import { StreamRefused } from '../gateway/client/eventStream.ts';
import { followChanges } from '../gateway/client/followChanges.ts';
import { exitCodes, UsageError } from './exitCodes.ts';
import { cellText } from './format/cellText.ts';
import { paintWith, type Paint } from './format/paint.ts';
import type { HeavyCommand } from './heavyCommand.ts';
import { noHostText } from './noHost.ts';

/** `sloop watch`: one line per committed change until it is interrupted. */
export const watch: HeavyCommand = (terminal, words) => {
  const options = readOptions(words);
  const locate = () => findHost(terminal.cwd, terminal.env);
  if (locate() === undefined) {
    terminal.err(noHostText(terminal));
    return Promise.resolve(exitCodes.noHost);
  }
  const paint = paintWith(terminal.colour);
  return new Promise<number>((resolve) => {
    let lost = false;
    const following = followChanges({
      locate,
      surface: 'cli',
      token: terminal.env['SLOOP_TOKEN'],
      ...(options.since === undefined ? {} : { since: options.since }),
      onEvents: (events) => {
        for (const event of events.filter(({ noun }) => options.noun === undefined || noun === options.noun))
          terminal.out(options.json ? `${JSON.stringify(event)}\n` : `${eventLine(event, paint)}\n`);
      },
      onConnected: () => (lost = false),
      onLost: (error) => {
        // A dead token stays dead, whoever is the host.
        if (
          error instanceof StreamRefused &&
          error.status === 401 &&
          terminal.env['SLOOP_TOKEN'] !== undefined
        ) {
          terminal.err(
            'This token is not valid, or no longer.\nStart or resume the agent to get a new one.\n',
          );
          return stop(exitCodes.refused);
        }
        if (!lost) terminal.err('The host has gone; waiting for the next one.\n');
        lost = true;
      },
    });
    const stop = (code: number) => {
      following.dispose();
      resolve(code);
    };
    process.once('SIGINT', () => stop(exitCodes.done));
    process.once('SIGTERM', () => stop(exitCodes.done));
  });
};

interface WatchOptions {
  readonly since: number | undefined;
  readonly noun: string | undefined;
  readonly json: boolean;
}

function readOptions(words: readonly string[]): WatchOptions {
  const { values } = parseStrictly(words);
  const since = values.since === undefined ? undefined : Number(values.since);
  if (since !== undefined && (!Number.isInteger(since) || since < 0))
    throw new UsageError(
      `--since ${values.since} is no sequence number.`,
      'Such as: --since 0 for all there is.',
    );
  return { since, noun: values.noun, json: values.json ?? false };
}

function parseStrictly(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: { since: { type: 'string' }, noun: { type: 'string' }, json: { type: 'boolean' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), 'See: sloop watch --help');
  }
}

/** `12:00:01  todo ab12cd34 updated  status pending → in_progress  by calm-heron (mcp todo.claim)` */
export function eventLine(event: Event, paint: Paint): string {
  const what = { created: 'green', updated: 'cyan', deleted: 'red' } as const;
  const subject = `${event.noun} ${event.entityId}`;
  const by = paint('dim', `by ${event.caller} (${event.surface} ${event.operation})`);
  return [event.time.slice(11, 19), subject, paint(what[event.action], event.action), changeText(event), by]
    .filter((part) => part !== '')
    .join('  ');
}

const uninteresting = new Set(['id', 'createdAt', 'updatedAt', 'sortOrder', 'lastSeenAt', 'observed']);
const shownLength = 60;

function changeText({ action, from, to }: Event): string {
  const short = (value: unknown) => {
    const text = cellText(value);
    return text.length > shownLength ? `${text.slice(0, shownLength - 1)}…` : text;
  };
  if (action !== 'updated') {
    const { title, name, body, slug } = to ?? from ?? {};
    return short(title ?? name ?? slug ?? body ?? '');
  }
  return Object.keys(to ?? {})
    .filter((key) => !uninteresting.has(key))
    .map((key) => `${key} ${short(from?.[key]) || '–'} → ${short(to?.[key]) || '–'}`)
    .join(', ');
}
