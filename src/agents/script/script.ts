import path from 'node:path';
import { z } from 'zod';
import { failureKinds } from '../../domain/agent/observed.ts';
import { finding, verdicts } from '../../domain/loop/loop.ts';
import { checkedYaml, type Checked } from '../catalog/checkedYaml.ts';

const text = z.string();
const argv = z.tuple([z.string().min(1)], z.string());
const input = z.record(z.string(), z.unknown());

/** Whether a call or command has to succeed, to fail, or may do either. */
const expectation = z.enum(['success', 'failure', 'any']).default('success');

const finish = z.strictObject({
  summary: text,
  verdict: z.enum(verdicts).optional(),
  findings: z.array(finding).optional(),
  output: text.optional(),
  steps: z.array(z.unknown()).optional(),
  through: z.enum(['mcp', 'cli']).default('mcp'),
});

/** What a step does: exactly one of these. */
const actions = {
  say: text.describe('Words'),
  think: z.number().nonnegative().describe('Milliseconds of silence'),
  edit: z
    .strictObject({
      file: z.string().min(1).describe('Within the working folder'),
      write: text.optional().describe('The whole new content'),
      append: text.optional(),
      replace: text.optional().describe('Text that is there; `with` takes its place'),
      with: text.optional(),
    })
    .refine(
      (edit) => [edit.write, edit.append, edit.replace].filter((one) => one !== undefined).length === 1,
      {
        error: 'needs one of write, append, replace',
      },
    )
    .refine((edit) => (edit.replace === undefined) === (edit.with === undefined), {
      error: 'needs replace and with together',
    }),
  run: z.strictObject({ command: argv, as: z.string().optional(), expect: expectation }),
  mcp: z.strictObject({
    operation: z.string().min(1),
    input: input.default({}),
    as: z.string().optional(),
    expect: expectation,
  }),
  cli: z.strictObject({ words: z.array(z.string()), as: z.string().optional(), expect: expectation }),
  ask: z.strictObject({
    question: z.string().min(1),
    to: z.string().default('person'),
    as: z.string().optional(),
  }),
  finish,
  usage: z.strictObject({
    inputTokens: z.number().int().nonnegative().default(0),
    outputTokens: z.number().int().nonnegative().default(0),
    costUsd: z.number().nonnegative().default(0),
  }),
  fail: z
    .strictObject({
      failure: z.enum(failureKinds),
      reason: z.string().min(1),
      until: z.iso.datetime().optional().describe('When its account can be used again'),
      inSeconds: z.number().positive().optional().describe('The same, from now'),
    })
    .describe('Ends as a CLI does that cannot go on: its account is exhausted, its login refused'),
  exit: z.number().int().min(0).max(255).describe('Ends with this code'),
  crash: z.enum(['SIGKILL', 'SIGTERM', 'SIGSEGV', 'throw']).describe('Ends by this signal, or by an error'),
  hang: z.literal(true).describe('Goes on for ever, saying nothing'),
  hold: z.string().describe('Waits until this file exists: how a test lets a step go on'),
} as const;

export type ActionName = keyof typeof actions;
const names = Object.keys(actions) as readonly ActionName[];

const step = z
  .strictObject({
    ...(Object.fromEntries(names.map((name) => [name, actions[name].optional()])) as {
      [Name in ActionName]: z.ZodOptional<(typeof actions)[Name]>;
    }),
    if: z
      .strictObject({ passed: z.string().optional(), failed: z.string().optional() })
      .optional()
      .describe('Only if the step kept `as` this name succeeded, or failed'),
  })
  .refine((one) => names.filter((name) => one[name] !== undefined).length === 1, {
    error: `needs one of ${names.join(', ')}`,
  });
export type Step = z.output<typeof step>;

const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item)]).optional();

/** For whom a part is: all that is named must fit. */
const when = z.strictObject({
  role: oneOrMany(z.string()),
  round: oneOrMany(z.number().int()),
  attempt: oneOrMany(z.number().int()),
  start: oneOrMany(z.number().int()).describe('1 for the first start of the agent, one more for each resume'),
});

/** A scripted agent: its steps, or parts of which the first that fits is played. */
export const script = z
  .strictObject({
    steps: z.array(step).min(1).optional(),
    parts: z
      .array(z.strictObject({ when: when.default({}), steps: z.array(step) }))
      .min(1)
      .optional(),
  })
  .refine((one) => (one.steps === undefined) !== (one.parts === undefined), {
    error: 'needs either steps or parts',
  });
export type Script = z.output<typeof script>;

/** What decides which part is played; null for what the agent has none of. */
export interface ScriptSituation {
  readonly role: string | null;
  readonly round: number | null;
  readonly attempt: number | null;
  readonly start: number | null;
}

/** Reads a script; what is wrong is named with file, line and field. */
export const readScript = (file: string, content: string): Checked<Script> =>
  checkedYaml(content, script, { file: path.basename(file) });

/** The steps for this agent, or undefined where the script has no part for it. */
export function stepsFor({ steps, parts }: Script, situation: ScriptSituation): readonly Step[] | undefined {
  if (steps !== undefined) return steps;
  const keys = ['role', 'round', 'attempt', 'start'] as const;
  return parts?.find((part) => keys.every((key) => fits(part.when[key], situation[key])))?.steps;
}

const fits = <T>(wanted: T | readonly T[] | undefined, is: T | null): boolean =>
  wanted === undefined || (is !== null && (Array.isArray(wanted) ? wanted.includes(is) : wanted === is));
