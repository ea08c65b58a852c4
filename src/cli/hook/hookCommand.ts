import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hookReaders } from '../../agents/providers/hooks/hookReaders.ts';
import type { HookCall, HookPayload } from '../../agents/providers/hooks/hookReader.ts';
import { findHost } from '../../gateway/client/findHost.ts';
import { createHttpClient } from '../../gateway/client/httpClient.ts';
import type { Terminal } from '../terminal.ts';
import { readInput } from './readInput.ts';
import { transcriptNote } from './transcriptNote.ts';

/** The agent's CLI stands still meanwhile. */
const limitMs = 2000;
/** A host that is just moving: what a person waits for is worth a second of an agent that stands still anyway. */
const patienceMs = 1000;

/**
 * `sloop hook PROVIDER [EVENT]`: called by an agent's CLI at each turn and tool call, with the call as JSON on standard
 * input. Whatever happens, it ends in time, with exit code 0 and with nothing on its output but what the CLI takes
 * for an answer: a hook that fails would disturb the agent.
 */
export async function hookCommand(
  terminal: Terminal,
  words: readonly string[],
  input: NodeJS.ReadStream = process.stdin,
): Promise<number> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    const [provider = '', event = ''] = words;
    const text = await readInput(input, limit);
    const call = hookReaders[provider]?.(JSON.parse(text) as HookPayload, event);
    if (call !== undefined) await tell(terminal, call, limit);
  } catch (error) {
    if (terminal.env['SLOOP_DEBUG'])
      terminal.err(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
  return 0;
}

async function tell({ cwd, env, out }: Terminal, call: HookCall, limit: AbortSignal): Promise<void> {
  const token = env['SLOOP_TOKEN'];
  // Not started by Sloop: a person tries it by hand.
  if (token === undefined) return;
  noteTranscript(env['SLOOP_HOOKS'], call.transcriptPath);
  const stands = call.sign === 'waits' || call.sign === 'turnEnded';
  const client = createHttpClient({
    locate: () => findHost(cwd, env),
    surface: 'cli',
    token,
    patienceMs: stands ? patienceMs : 0,
  });
  const { sign, text, providerSessionId, output } = call;
  const input = {
    sign,
    text: text?.slice(0, longestText) ?? null,
    session: providerSessionId,
    takesMessages: output !== null,
  };
  const requestId = `hook-${process.pid}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  const told = await client.execute('agent.hook', input, { requestId, signal: limit });
  const messages = told.ok ? (told.value as { readonly messages: string | null }).messages : null;
  if (messages !== null && output !== null) out(`${JSON.stringify(output(messages))}\n`);
}

const longestText = 4000;

/** Written whole or not at all: another process reads it. */
function noteTranscript(folder: string | undefined, transcript: string | null): void {
  if (folder === undefined || transcript === null) return;
  const file = path.join(folder, transcriptNote);
  if (readIfThere(file) === transcript) return;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, transcript, { mode: 0o600 });
  renameSync(draft, file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
