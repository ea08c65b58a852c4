import { priorities, type Priority } from '../todo/todo.ts';

/** What a step's title says in parentheses: `(high)`, `(depends on 2)`, `(low, depends on 1 and 3.2)`. */
export interface PlanHints {
  readonly title: string;
  readonly priority: Priority | null;
  /** Numbers of steps as they are written. */
  readonly dependsOn: readonly string[];
}

interface Found {
  priority: Priority | null;
  readonly dependsOn: string[];
}

const priorityHint = new RegExp(`^(?:priority:?\\s*)?(${priorities.join('|')})(?:\\s+priority)?$`, 'i');
const dependsHint = /^depends[ -]on:?\s*(.+)$/i;
const stepNumber = /^(?:steps?\s*)?#?(\d+(?:\.\d+)*)$/i;

/** Takes the hints out of a title. Parentheses that say anything else are a part of it. */
export function readHints(text: string): PlanHints {
  const found: Found = { priority: null, dependsOn: [] };
  const title = text
    .replace(/(^|\s)\(([^()]+)\)/g, (whole: string, _space: string, inner: string) =>
      understand(inner, found) ? ' ' : whole,
    )
    .replace(/\s+/g, ' ')
    .trim();
  return { title, ...found };
}

/** Adds what the parentheses say to `found`; says no, and adds nothing, unless all of it is a hint. */
function understand(inner: string, found: Found): boolean {
  let priority: Priority | null = null;
  const dependsOn: string[] = [];
  let naming = false;
  for (const part of inner.split(/[,;&]|\band\b/i).map((piece) => piece.trim())) {
    const asPriority = priorityHint.exec(part)?.[1];
    if (asPriority !== undefined) {
      priority = asPriority.toLowerCase() as Priority;
      continue;
    }
    const named = dependsHint.exec(part)?.[1];
    naming ||= named !== undefined;
    const number = naming ? stepNumber.exec(named ?? part)?.[1] : undefined;
    if (number === undefined) return false;
    dependsOn.push(number);
  }
  found.priority ??= priority;
  found.dependsOn.push(...dependsOn);
  return true;
}
