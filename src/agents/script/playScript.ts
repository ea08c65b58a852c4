import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BridgeClient, ToolAnswer } from './bridgeClient.ts';
import { editFile } from './editFile.ts';
import type { ScriptEvent } from './events.ts';
import { fill } from './fill.ts';
import { runCommand } from './runCommand.ts';
import type { Step } from './script.ts';

export interface PlayParts {
  readonly steps: readonly Step[];
  readonly folder: string;
  /** What texts may use as `{{name}}`; results of steps kept `as` a name are added. */
  readonly values: Map<string, string>;
  readonly emit: (event: ScriptEvent) => void;
  /** Opened at the first step that needs it. */
  readonly bridge: () => Promise<BridgeClient>;
  /** Program and arguments of the `sloop` command. */
  readonly sloop: readonly [string, ...string[]];
  /** Ends this process by a signal. */
  readonly crash: (signal: NodeJS.Signals) => void;
}

type Outcome = 'passed' | 'failed';

/** Plays the steps in order; returns the exit code. A step that does not go as it has to ends the script with 1. */
export async function playScript(parts: PlayParts): Promise<number> {
  const outcomes = new Map<string, Outcome>();
  let lastWords: string | null = null;
  for (const step of parts.steps) {
    if (!applies(step, outcomes)) continue;
    if (step.exit !== undefined) {
      parts.emit({ type: 'end', text: lastWords });
      return step.exit;
    }
    if (step.fail !== undefined) {
      parts.emit(failureOf(fill(step.fail, parts.values)));
      return 1;
    }
    try {
      await playStep(fill(step, parts.values), parts, outcomes);
    } catch (error) {
      parts.emit({ type: 'error', reason: error instanceof Error ? error.message : String(error) });
      return 1;
    }
    if (step.say !== undefined) lastWords = fill(step.say, parts.values);
  }
  parts.emit({ type: 'end', text: lastWords });
  return 0;
}

function failureOf({ failure, reason, until, inSeconds }: NonNullable<Step['fail']>): ScriptEvent {
  const at = inSeconds === undefined ? until : new Date(Date.now() + inSeconds * 1000).toISOString();
  return { type: 'error', failure, reason, ...(at === undefined ? {} : { until: at }) };
}

function applies({ if: condition }: Step, outcomes: ReadonlyMap<string, Outcome>): boolean {
  if (condition === undefined) return true;
  const { passed, failed } = condition;
  return (
    (passed === undefined || outcomes.get(passed) === 'passed') &&
    (failed === undefined || outcomes.get(failed) === 'failed')
  );
}

async function playStep(step: Step, parts: PlayParts, outcomes: Map<string, Outcome>): Promise<void> {
  const { emit, folder } = parts;
  if (step.say !== undefined) emit({ type: 'say', text: step.say });
  if (step.think !== undefined) await sleep(step.think);
  if (step.usage !== undefined) emit({ type: 'usage', ...step.usage });
  if (step.hang === true) await forEver();
  if (step.hold !== undefined) await until(step.hold);
  if (step.crash !== undefined) await crash(step.crash, parts);
  if (step.edit !== undefined) {
    emit({ type: 'use', tool: 'edit', summary: step.edit.file });
    await editFile(folder, step.edit);
  }
  if (step.run !== undefined) {
    const { command, as, expect } = step.run;
    emit({ type: 'use', tool: 'run', summary: command.join(' ') });
    keep(await runCommand(command, folder).then(fromCommand), command.join(' '), { as, expect });
  }
  if (step.cli !== undefined) {
    const { words, as, expect } = step.cli;
    emit({ type: 'use', tool: 'sloop', summary: words.join(' ') });
    keep(await sloop(words), `sloop ${words.join(' ')}`, { as, expect });
  }
  if (step.mcp !== undefined) {
    const { operation, input, as, expect } = step.mcp;
    keep(await call(operation, input), operation, { as, expect });
  }
  if (step.ask !== undefined) {
    const { question, to, as } = step.ask;
    emit({ type: 'use', tool: 'sloop', summary: `ask ${question}` });
    keep(await sloop(['ask', '--to', to, question]), 'ask', { as, expect: 'success' });
  }
  if (step.finish !== undefined) {
    const { through, ...result } = step.finish;
    if (through === 'mcp') keep(await call('stage.finish', result), 'stage.finish', { expect: 'success' });
    else {
      emit({ type: 'use', tool: 'sloop', summary: 'stage finish' });
      const words = ['stage', 'finish', '--input', '-'];
      keep(await sloop(words, JSON.stringify(result)), 'sloop stage finish', { expect: 'success' });
    }
  }

  async function call(operation: string, input: Readonly<Record<string, unknown>>): Promise<ToolAnswer> {
    emit({ type: 'use', tool: operation, summary: JSON.stringify(input).slice(0, 200) });
    const bridge = await parts.bridge();
    return bridge.call(operation, input);
  }

  async function sloop(words: readonly string[], input?: string): Promise<ToolAnswer> {
    return fromCommand(await runCommand([...parts.sloop, ...words], folder, input));
  }

  function keep(
    answer: ToolAnswer,
    what: string,
    { as, expect }: { as?: string | undefined; expect: 'success' | 'failure' | 'any' },
  ): void {
    if (as !== undefined) {
      parts.values.set(as, answer.text.trim());
      outcomes.set(as, answer.failed ? 'failed' : 'passed');
    }
    if (expect !== 'any' && answer.failed !== (expect === 'failure'))
      throw new Error(
        `${what} ${answer.failed ? 'failed' : 'did not fail'}: ${answer.text.trim().slice(-1000)}`,
      );
  }
}

const fromCommand = (end: { code: number; output: string; errors: string }): ToolAnswer => ({
  failed: end.code !== 0,
  text: end.code === 0 ? end.output : `${end.output}${end.errors}`,
});

async function crash(how: NodeJS.Signals | 'throw', parts: PlayParts): Promise<void> {
  if (how === 'throw') throw new Error('The script crashes here.');
  parts.crash(how);
  // The signal takes a moment; nothing may happen meanwhile.
  await forEver();
}

/** A timer keeps the process alive: a promise alone would let it end. */
const forEver = (): Promise<never> => new Promise(() => setInterval(() => undefined, 60_000));

async function until(file: string): Promise<void> {
  while (!existsSync(file)) await sleep(20);
}
