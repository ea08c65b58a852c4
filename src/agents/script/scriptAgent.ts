import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openBridge, type BridgeClient } from './bridgeClient.ts';
import type { ScriptEvent } from './events.ts';
import { playScript } from './playScript.ts';
import { readScript, stepsFor } from './script.ts';

export interface ScriptAgentParts {
  readonly file: string;
  /** The prompt, from standard input. */
  readonly prompt: string;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly sloop: readonly [string, ...string[]];
  readonly emit: (event: ScriptEvent) => void;
  readonly crash: (signal: NodeJS.Signals) => void;
}

/** The process of a scripted agent: it plays its part of the file and speaks an event stream like a real CLI's. */
export async function runScriptAgent(parts: ScriptAgentParts): Promise<number> {
  const { file, environment, emit } = parts;
  emit({ type: 'session', session: environment['SLOOP_SCRIPT_SESSION'] ?? randomUUID() });
  const failed = (reason: string) => {
    emit({ type: 'error', reason });
    return 2;
  };
  const content = await readFile(file, 'utf8').catch((error: Error) => error);
  if (content instanceof Error) return failed(`The script cannot be read: ${content.message}`);
  const checked = readScript(file, content);
  if ('problems' in checked) return failed(checked.problems.join('\n'));
  const number = (name: string) => (environment[name] === undefined ? null : Number(environment[name]));
  const situation = {
    role: environment['SLOOP_ROLE'] ?? null,
    round: number('SLOOP_ROUND'),
    attempt: number('SLOOP_ATTEMPT'),
    start: number('SLOOP_START'),
  };
  const steps = stepsFor(checked.value, situation);
  if (steps === undefined) return failed(`${file} has no part for ${JSON.stringify(situation)}.`);
  let bridge: Promise<BridgeClient> | undefined;
  try {
    return await playScript({
      ...parts,
      steps,
      values: valuesOf(environment, parts.prompt, parts.folder),
      bridge: () => (bridge ??= openBridge(parts.sloop, environment)),
    });
  } finally {
    const open = await bridge?.catch(() => undefined);
    await open?.close();
  }
}

const named = [
  'agent',
  'role',
  'todo',
  'stage',
  'loop',
  'goal',
  'round',
  'attempt',
  'start',
  'store',
] as const;

/** Values that every script has: `SLOOP_GOAL` is `{{goal}}`; what the agent has none of is empty. */
const valuesOf = (environment: NodeJS.ProcessEnv, prompt: string, folder: string): Map<string, string> =>
  new Map([
    ...named.map((name) => [name, environment[`SLOOP_${name.toUpperCase()}`] ?? ''] as const),
    ['prompt', prompt] as const,
    ['folder', folder] as const,
  ]);
