import { readFileSync } from 'node:fs';
import path from 'node:path';
import { valueOf } from '../../src/agents/catalog/checkedYaml.ts';
import {
  readScript,
  type Script as AgentScript,
  type Step as AgentStep,
} from '../../src/agents/script/script.ts';
import type { Script, Step, ToolInput } from '../../test/support/mockModel/script.ts';

type Part = NonNullable<AgentScript['parts']>[number];

/**
 * `harness.yaml` as turns of the scripted model, so that a real agent CLI plays what the scripted agent plays:
 * its own shell edits and runs, its own MCP client reports.
 */
export function harnessModel(): readonly Script[] {
  const file = path.join(import.meta.dirname, 'harness.yaml');
  const { parts = [] } = valueOf(readScript(file, readFileSync(file, 'utf8')));
  return parts.map(scriptOf);
}

function scriptOf({ when, steps }: Part): Script {
  const role = String(when.role);
  const round = when.round === undefined ? [] : [`Round ${String(when.round)} of`];
  const turns = steps.filter((step) => step.if === undefined).flatMap(turnOf);
  const chosen = steps.filter((step) => step.if !== undefined);
  return {
    name: [role, ...round].join(', '),
    when: [`Role: ${role} (`, ...round],
    steps: [...turns, ...(chosen.length === 0 ? [] : [chosenFinish(chosen)]), { text: 'Done.' }],
  };
}

/** Words and pauses are not played: a turn of a model without a tool call is its end. */
function turnOf(step: AgentStep): Step[] {
  if (step.edit !== undefined)
    return [{ run: `cat > ${step.edit.file} <<'END'\n${step.edit.write ?? ''}END` }];
  if (step.run !== undefined) return [{ run: step.run.command.map(quoted).join(' ') }];
  if (step.cli !== undefined) return [{ run: ['sloop', ...step.cli.words].map(quoted).join(' ') }];
  if (step.mcp !== undefined)
    return [{ tool: step.mcp.operation.replaceAll('.', '_'), input: step.mcp.input }];
  if (step.finish !== undefined) return [{ tool: 'stage_finish', input: finishInput(step) }];
  return [];
}

/** The finish whose condition holds, by what the test run of this conversation printed. */
function chosenFinish(steps: readonly AgentStep[]): Step {
  return {
    tool: 'stage_finish',
    input({ results }) {
      const passed = /(#|ℹ) fail 0\b/.test(results.at(-1) ?? '');
      const chosen = steps.find((step) => (passed ? step.if?.passed : step.if?.failed) !== undefined);
      if (chosen === undefined) throw new Error('No finish of the script fits the result of the tests.');
      return finishInput(chosen);
    },
  };
}

function finishInput({ finish }: AgentStep): ToolInput {
  const { through: _through, ...input } = finish ?? {};
  return input;
}

/** For the shells that the CLIs run commands with. */
const quoted = (word: string): string =>
  /^[\w./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
