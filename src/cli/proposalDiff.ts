import { createTwoFilesPatch } from 'diff';
import { findHost } from '../gateway/client/findHost.ts';
import { createHttpClient } from '../gateway/client/httpClient.ts';
import { exitCodes, UsageError } from './exitCodes.ts';
import { paintDiff } from './format/paintDiff.ts';
import { paintWith } from './format/paint.ts';
import type { HeavyCommand } from './heavyCommand.ts';

type Values = Readonly<Record<string, unknown>>;

interface ShownProposal {
  readonly title: string;
  readonly target: string;
  readonly before: Values | null;
  readonly after: Values;
  readonly drift: readonly { readonly field: string }[];
  readonly gone: boolean;
}

/** `sloop proposal diff`: both states come from the host, the comparing happens here. */
export const proposalDiff: HeavyCommand = async (terminal, words) => {
  const [proposal, ...rest] = words;
  if (proposal === undefined || rest.length > 0)
    throw new UsageError('sloop proposal diff needs one proposal.', 'Such as: sloop proposal diff ID');
  const client = createHttpClient({
    locate: () => findHost(terminal.cwd, terminal.env),
    surface: 'cli',
    token: terminal.env['SLOOP_TOKEN'],
  });
  const shown = await client.execute('proposal.show', { proposal });
  if (!shown.ok) {
    terminal.err(`${shown.refusal.message}\n${shown.refusal.next}\n`);
    return exitCodes.refused;
  }
  const value = shown.value as ShownProposal;
  if (value.gone) terminal.err(`The ${value.target} that it would change is gone.\n`);
  for (const { field } of value.drift) terminal.err(`${field} has changed since it was made.\n`);
  terminal.out(paintDiff(unified(value), paintWith(terminal.colour)));
  return exitCodes.done;
};

const unified = ({ title, before, after }: ShownProposal): string =>
  Object.keys(after)
    .map((field) =>
      createTwoFilesPatch(
        `${field} now`,
        `${field} as proposed (${title})`,
        text(before?.[field]),
        text(after[field]),
      ),
    )
    .join('');

const text = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  const plain = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return plain.endsWith('\n') ? plain : `${plain}\n`;
};
