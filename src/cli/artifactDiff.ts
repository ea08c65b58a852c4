import { createTwoFilesPatch } from 'diff';
import { parseArgs } from 'node:util';
import { findHost } from '../gateway/client/findHost.ts';
import { createHttpClient } from '../gateway/client/httpClient.ts';
import { exitCodes, UsageError } from './exitCodes.ts';
import { paintDiff } from './format/paintDiff.ts';
import { paintWith } from './format/paint.ts';
import type { HeavyCommand } from './heavyCommand.ts';

interface ShownVersion {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly content: string;
}

/** `sloop artifact diff`: the versions come from the host, the comparing happens here. */
export const artifactDiff: HeavyCommand = async (terminal, words) => {
  const { artifact, from, to } = readOptions(words);
  const client = createHttpClient({
    locate: () => findHost(terminal.cwd, terminal.env),
    surface: 'cli',
    token: terminal.env['SLOOP_TOKEN'],
  });
  const show = async (version: number | undefined): Promise<ShownVersion | null> => {
    const shown = await client.execute(
      'artifact.show',
      version === undefined ? { artifact } : { artifact, version },
    );
    if (shown.ok) return shown.value as ShownVersion;
    terminal.err(`${shown.refusal.message}\n${shown.refusal.next}\n`);
    return null;
  };
  const newer = await show(to);
  if (newer === null) return exitCodes.refused;
  const older = await show(from ?? Math.max(1, newer.version - 1));
  if (older === null) return exitCodes.refused;
  if (older.content === newer.content)
    terminal.err(`Versions ${older.version} and ${newer.version} are the same.\n`);
  else terminal.out(paintDiff(unified(older, newer), paintWith(terminal.colour)));
  return exitCodes.done;
};

const unified = (older: ShownVersion, newer: ShownVersion): string =>
  createTwoFilesPatch(
    `${older.title} v${older.version}`,
    `${newer.title} v${newer.version}`,
    older.content,
    newer.content,
  );

function readOptions(words: readonly string[]) {
  const { values, positionals } = parseStrictly(words);
  const [artifact, ...rest] = positionals;
  if (artifact === undefined || rest.length > 0)
    throw new UsageError(
      'sloop artifact diff needs one artifact.',
      'Such as: sloop artifact diff ID --from 1 --to 2',
    );
  return { artifact, from: versionNumber('from', values.from), to: versionNumber('to', values.to) };
}

function parseStrictly(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { from: { type: 'string' }, to: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? error.message : String(error),
      'See: sloop artifact diff --help',
    );
  }
}

function versionNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const version = Number(text);
  if (Number.isInteger(version) && version > 0) return version;
  throw new UsageError(`--${flag} ${text} is no version.`, `Such as: --${flag} 2`);
}
