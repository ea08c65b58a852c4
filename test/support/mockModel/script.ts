import type { ModelFailure } from './wire.ts';

/** Arguments of a tool call, as the CLI's own JSON. */
export type ToolInput = Readonly<Record<string, unknown>>;

/** What the model "thinks of" at one point: the results that the conversation holds so far. */
export interface Played {
  /** Texts of the tool results in the request, oldest first. */
  readonly results: readonly string[];
}

/** One turn of the scripted model. */
export type Step =
  /** Calls the offered tool that is named so, or whose name ends so (`stage_finish` for `mcp__sloop__stage_finish`). */
  | { readonly tool: string; readonly input?: ToolInput | ((played: Played) => ToolInput) }
  /** Runs a command line with whatever shell tool the CLI offers. */
  | { readonly run: string }
  /** Writes a new file (absolute path) with whatever edit tool the CLI offers. */
  | { readonly write: { readonly path: string; readonly content: string } }
  /** Speaks; the CLI takes a turn without a tool call as the end. */
  | { readonly text: string }
  /** Answers with an HTTP error, as a real endpoint would. */
  | { readonly error: ModelFailure }
  /** Accepts the request and never answers. */
  | { readonly silence: true };

/**
 * A role for the model to play. The step is the number of tool results in the request, and the last step is
 * repeated: no state is kept, so a CLI's retries and side calls cannot put the model out of step.
 */
export interface Script {
  readonly name: string;
  /** Every one of these must occur in what the request opens with (system text and the first user message). */
  readonly when?: readonly string[];
  /** Only for requests that show this credential. */
  readonly credential?: string;
  readonly steps: readonly Step[];
}

/** The first script whose words all occur in `opening`, and whose credential is the one that was shown. */
export const chooseScript = (
  scripts: readonly Script[],
  opening: string,
  credential?: string,
): Script | undefined =>
  scripts.find(
    (script) =>
      (script.when ?? []).every((words) => opening.includes(words)) &&
      (script.credential === undefined || script.credential === credential),
  );

/** The step to play after `results` tool results. */
export function chooseStep(script: Script, results: number): Step {
  const step = script.steps[Math.min(results, script.steps.length - 1)];
  if (step === undefined) throw new Error(`Script ${script.name} has no steps.`);
  return step;
}
