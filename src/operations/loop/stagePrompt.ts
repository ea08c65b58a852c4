import type { Finding, Verdict } from '../../domain/loop/loop.ts';
import { clipText } from './clip.ts';

/** Longest piece of another stage's output that a prompt carries; the rest is read by `artifact show`. */
export const outputLimit = 12_000;
const detailLimit = 2000;

export interface EarlierResult {
  readonly name: string;
  readonly summary: string | null;
  readonly artifact: { readonly id: string; readonly version: number; readonly content: string } | null;
}

/** A finding of the last review, with the number of rounds running that raised it. */
export interface RaisedFinding extends Finding {
  readonly rounds: number;
}

export interface StagePromptFacts {
  readonly definition: { readonly name: string; readonly description: string };
  readonly goal: string;
  readonly criteria: string | null;
  readonly round: number;
  readonly maxRounds: number;
  readonly stage: { readonly name: string; readonly prompt: string; readonly notes: string | null };
  /** What this stage's verdict would decide; null where it is not the one that decides. */
  readonly decides: 'approval' | 'goal' | null;
  readonly earlier: readonly EarlierResult[];
  /** What this very stage produced in an earlier round. */
  readonly own: { readonly round: number; readonly artifact: string; readonly version: number } | null;
  readonly review: {
    readonly round: number;
    readonly verdict: Verdict | null;
    readonly summary: string | null;
    readonly findings: readonly RaisedFinding[];
    /** Raised in the round before it, and not again. */
    readonly settled: readonly string[];
  } | null;
  readonly failedAttempts: readonly { readonly number: number; readonly reason: string | null }[];
}

/** A stage's task in Markdown, to stand below "Your task" of the first prompt, which says the rest. */
export function stagePrompt(facts: StagePromptFacts): string {
  const { definition, goal, criteria, round, maxRounds, stage } = facts;
  return [
    `### Loop: ${definition.name}\n\n${definition.description}`,
    `### Goal\n\n${goal}${criteria === null ? '' : `\n\nIt is reached when: ${criteria}`}`,
    `### Round ${round} of at most ${maxRounds}, stage ${stage.name}`,
    `### Your task\n\n${stage.prompt}`,
    decisionText(facts),
    earlierText(facts.earlier),
    ownText(facts),
    reviewText(facts),
    stage.notes === null
      ? null
      : `### What the person asks you to change\n\nThey sent your result back with:\n\n${stage.notes}`,
    failedText(facts.failedAttempts),
  ]
    .filter((section) => section !== null)
    .join('\n\n');
}

function decisionText({ decides }: StagePromptFacts): string | null {
  if (decides === null) return null;
  const question = decides === 'goal' ? 'whether the goal is reached' : 'whether the work is approved';
  return `### You decide\n\nYour verdict says ${question}: finish with verdict approved, or with changes_requested and findings (each with a title, and a file where there is one). Name a finding that you raised before by the same title.`;
}

function earlierText(earlier: readonly EarlierResult[]): string | null {
  if (earlier.length === 0) return null;
  return `### Results of this round so far\n\n${earlier.map(earlierResult).join('\n\n')}`;
}

function earlierResult({ name, summary, artifact }: EarlierResult): string {
  const head = `#### ${name}${artifact === null ? '' : ` (artifact ${artifact.id}, version ${artifact.version})`}`;
  const parts = [head, summary ?? 'It gave no summary.'];
  if (artifact !== null && artifact.content !== summary)
    parts.push(clipText(artifact.content, outputLimit, `Read all of it: sloop artifact show ${artifact.id}`));
  return parts.join('\n\n');
}

function ownText({ own }: StagePromptFacts): string | null {
  if (own === null) return null;
  return `### Your earlier work\n\nThis stage wrote version ${own.version} of artifact ${own.artifact} in round ${own.round}; what you hand in now becomes its next version. Read it: sloop artifact show ${own.artifact}`;
}

function reviewText({ review }: StagePromptFacts): string | null {
  if (review === null) return null;
  const said = review.verdict === 'approved' ? 'approved the work' : 'asked for changes';
  const parts = [`### Review of round ${review.round}\n\nIt ${said}. ${review.summary ?? ''}`.trimEnd()];
  if (review.findings.length > 0) parts.push(review.findings.map(findingText).join('\n'));
  if (review.settled.length > 0)
    parts.push(`Raised before and not again:\n${review.settled.map((title) => `- ${title}`).join('\n')}`);
  return parts.join('\n\n');
}

function findingText(finding: RaisedFinding): string {
  const { title, severity, file, line, detail, rounds } = finding;
  const place = file === null ? '' : ` (${file}${line === null ? '' : `:${line}`})`;
  const again = rounds > 1 ? `, raised in ${rounds} rounds running` : '';
  const more = detail === null ? '' : `\n  ${clipText(detail, detailLimit, 'The stage shows all of it.')}`;
  return `- ${title}${place} [${severity}${again}]${more}`;
}

function failedText(failed: StagePromptFacts['failedAttempts']): string | null {
  if (failed.length === 0) return null;
  const lines = failed.map(({ number, reason }) => `- Attempt ${number}: ${reason ?? 'no reason is known'}`);
  return `### Earlier attempts at this stage\n\nThey did not finish. Look first at what they left behind in the working folder.\n${lines.join('\n')}`;
}
