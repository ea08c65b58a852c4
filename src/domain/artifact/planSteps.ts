import { z } from 'zod';
import type { Artifact } from './artifact.ts';
import { readHints, type PlanHints } from './planHints.ts';
import { planOutline, type OutlineStep } from './planOutline.ts';
import { maxPlanSteps, planStep, type PlanReading, type PlanStep } from './planStep.ts';

const longestTitle = 200;

/** A plan's steps: those handed over as data with it, else those that its text spells out. */
export function planSteps(plan: Pick<Artifact, 'content' | 'metadata'>): PlanReading {
  const data = plan.metadata['steps'];
  if (data === undefined || (Array.isArray(data) && data.length === 0)) return fromMarkdown(plan.content);
  const parsed = z.array(planStep).safeParse(data);
  if (parsed.success) return finish('data', parsed.data, []);
  const issue = parsed.error.issues[0];
  const why = issue === undefined ? '' : `: ${issue.path.join('.')} ${issue.message}`;
  const reading = fromMarkdown(plan.content);
  return {
    ...reading,
    problems: [
      `The steps handed over as data are not readable${why}. The text was read instead.`,
      ...reading.problems,
    ],
  };
}

interface Flat {
  readonly step: OutlineStep;
  readonly hints: PlanHints;
  readonly parent: Flat | null;
  readonly siblings: readonly OutlineStep[];
  readonly position: number;
}

function fromMarkdown(content: string): PlanReading {
  const top = planOutline(content);
  const flat = new Map<OutlineStep, Flat>();
  const flatten = (steps: readonly OutlineStep[], parent: Flat | null): void => {
    for (const step of steps) {
      const entry: Flat = {
        step,
        hints: readHints(step.text),
        parent,
        siblings: steps,
        position: flat.size + 1,
      };
      flat.set(step, entry);
      flatten(step.parts, entry);
    }
  };
  flatten(top, null);
  const problems: string[] = [];
  const steps = [...flat.values()].map((entry): PlanStep => {
    const { hints, step, parent } = entry;
    const dependsOn = hints.dependsOn.flatMap((number) => {
      const named = findStep(number, entry, top);
      const position = named === undefined ? undefined : flat.get(named)?.position;
      if (position === undefined)
        problems.push(`"${hints.title}" depends on ${number}, but there is no step ${number}.`);
      return position ?? [];
    });
    return {
      title: hints.title === '' ? step.text : hints.title,
      description: step.details.join('\n\n'),
      priority: hints.priority,
      parent: parent?.position ?? null,
      dependsOn,
      done: step.done,
    };
  });
  return finish('markdown', steps, problems);
}

/** `2` is the step numbered so beside this one, else beside its parent, and so on up; `1.2` counts from the top. */
function findStep(number: string, from: Flat, top: readonly OutlineStep[]): OutlineStep | undefined {
  const path = number.split('.').map(Number);
  if (path.length > 1) {
    let level = top;
    let found: OutlineStep | undefined;
    for (const part of path) {
      found = numbered(level, part, null);
      level = found?.parts ?? [];
    }
    return found;
  }
  for (let at: Flat | null = from; at !== null; at = at.parent) {
    const found = numbered(at.siblings, path[0] ?? 0, at.step.list);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The written number counts; where none is written, the place. The same list goes before others. */
function numbered(
  siblings: readonly OutlineStep[],
  number: number,
  list: object | null,
): OutlineStep | undefined {
  const fitting = siblings.filter((step, index) => (step.label ?? index + 1) === number);
  return fitting.find((step) => step.list === list) ?? fitting[0];
}

/** What holds for steps from either source: titles cut, at most 100, references that lead somewhere and never round. */
function finish(
  source: PlanReading['source'],
  all: readonly PlanStep[],
  found: readonly string[],
): PlanReading {
  const problems = [...found];
  if (all.length > maxPlanSteps)
    problems.push(`The plan has ${all.length} steps; only the first ${maxPlanSteps} become todos.`);
  const steps: PlanStep[] = [];
  for (const [index, step] of all.slice(0, maxPlanSteps).entries()) {
    const parent = step.parent !== null && step.parent <= index ? step.parent : null;
    if (parent !== step.parent)
      problems.push(
        `"${step.title}" names step ${step.parent} as its parent, which does not stand before it.`,
      );
    steps.push({ ...withShortTitle(step), parent, dependsOn: [] });
  }
  for (const [index, step] of all.slice(0, maxPlanSteps).entries()) {
    for (const on of new Set(step.dependsOn)) {
      const refusal = whyNot(steps, index + 1, on);
      if (refusal === null) steps[index]?.dependsOn.push(on);
      else problems.push(`"${step.title}" ${refusal}; this dependency was left out.`);
    }
  }
  return { source, steps, problems };
}

function withShortTitle(step: PlanStep): PlanStep {
  if (step.title.length <= longestTitle) return step;
  const cut = step.title.slice(0, longestTitle - 1).replace(/[\uD800-\uDBFF]$/, '');
  // Nothing is lost: the whole sentence opens the description.
  const description = [step.title, step.description].filter((text) => text !== '').join('\n\n');
  return { ...step, title: `${cut.trimEnd()}…`, description };
}

function whyNot(steps: readonly PlanStep[], position: number, on: number): string | null {
  if (steps[on - 1] === undefined) return `depends on step ${on}, which is not there`;
  if (position === on) return 'depends on itself';
  if (isWithin(steps, position, on) || isWithin(steps, on, position))
    return `depends on step ${on}, of which it is a part or the other way round`;
  return reaches(steps, on, position) ? `depends on step ${on}, which waits for it in turn` : null;
}

function isWithin(steps: readonly PlanStep[], position: number, ancestor: number): boolean {
  for (let at = steps[position - 1]?.parent ?? null; at !== null; at = steps[at - 1]?.parent ?? null)
    if (at === ancestor) return true;
  return false;
}

function reaches(steps: readonly PlanStep[], from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const at of seen) {
    if (at === to) return true;
    for (const next of steps[at - 1]?.dependsOn ?? []) seen.add(next);
  }
  return false;
}
